using System.Globalization;

namespace Postern.Transports.Tests.Survival;

/// <summary>Each bad request gets the documented status, the upstream sees nothing of it, and the next client is served.</summary>
public sealed class BadRequestTests(BothWays ways) : IClassFixture<BothWays>
{
    public static TheoryData<string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var name in BadRequests.Table.Keys)
            {
                rows.Add("forward", name);
                rows.Add("intercept-h1", name);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Gets_the_documented_status_and_goes_no_further(string transport, string name)
    {
        var (request, status, rule) = BadRequests.Table[name];
        var harness = ways[transport];
        var (world, authority) = (harness.World, harness.Client.BaseAddress!.Authority);
        world.Upstream.Requests.Clear();
        world.Evidence.Records.Clear();
        await using var client = await ways.ConnectAsync(transport);

        var answer = await client.AskAsync(request.Replace("{0}", ways.PrefixOf(transport), StringComparison.Ordinal).Replace("{1}", authority, StringComparison.Ordinal));

        Assert.StartsWith("HTTP/1.1 " + status.ToString(CultureInfo.InvariantCulture) + " ", answer, StringComparison.Ordinal);
        Assert.Empty(world.Upstream.Requests);
        if (rule is not null)
        {
            Assert.Contains("X-Postern-Block-Reason: " + rule, answer, StringComparison.Ordinal);
            Assert.Contains(rule, world.Evidence.RefusedRules);
        }

        Assert.Equal(200, (int)(await harness.Client.GetAsync("after")).StatusCode);
    }
}

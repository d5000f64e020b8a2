using System.Text;
using Postern.Engine.Configuration;
using Postern.Engine.Detection.Known;
using Postern.Engine.Policy;

namespace Postern.Transports.Tests.Conformance;

/// <summary>Own secrets, canaries, seed phrases, look-alike addresses and secrets cut over messages leave over no transport.</summary>
public sealed class KnownValuesTests
{
    private const string Own = "Zq7XkP2mVt9RbW4hJc8NdL6sGf3YuE5o";
    private const string Yaml = """
        canary_tokens: { enabled: true, tokens: [{ name: notes, value: ptrn_7fq2zx9lm4kw8r }] }
        address_protection: { enabled: true, allowed_addresses: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'] }
        cross_request_detection: { enabled: true }
        """;

    private static readonly string[] s_split = ["AKIA" + "Q3EGRZ", "KWV5N7" + "YT2P"];

    public static TheoryData<string, string, string> Leaving => new(
        from transport in Transports.Uploading.Select(static row => row.Data)
        from leak in new (string Rule, string Text)[]
        {
            ("secret.own.environment", Own),
            ("secret.canary.notes", "PTRN 7FQ2 ZX9L M4KW 8R"),
            ("secret.crypto.seed-phrase", "legal winner thank year wave sausage worth useful legal winner thank yellow"),
            ("destination.address-look-alike", "0x5aaeb611111111111111111111111111ef1beaed"),
        }
        select new TheoryDataRow<string, string, string>(transport, leak.Rule, leak.Text));

    [Theory]
    [MemberData(nameof(Leaving))]
    public async Task Refuses_what_must_not_leave(string transport, string rule, string text)
    {
        await using var harness = await StartAsync(transport);

        var (status, answer) = await PostAsync(harness, "{\"note\": \"" + text + "\"}");

        Assert.Equal(403, status);
        Assert.Contains(rule, answer, StringComparison.Ordinal);
        Assert.DoesNotContain(text, answer, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(rule, harness.World.Evidence.RefusedRules);
        Assert.DoesNotContain(harness.World.Upstream.Requests, received => received.Everything.Contains(text, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Transports.Uploading), MemberType = typeof(Transports))]
    public async Task Refuses_the_last_piece_of_a_secret_cut_over_requests(string transport)
    {
        await using var harness = await StartAsync(transport);

        Assert.Equal(200, (await PostAsync(harness, $"{{\"a\": \"{s_split[0]}\"}}")).Status);
        Assert.Equal(403, (await PostAsync(harness, $"{{\"b\": \"{s_split[1]}\"}}")).Status);
        Assert.Contains("secret.split-over-messages", harness.World.Evidence.RefusedRules);
    }

    [Fact]
    public async Task Refuses_the_last_piece_of_a_secret_cut_over_messages_of_a_socket()
    {
        await using var speaker = await Transports.Of("websocket").Start();
        speaker.World.Policies.Swap(Policy(), "known");
        await using var talk = await speaker.OpenAsync();

        Assert.True(await talk.PassesAsync("first " + s_split[0]));
        Assert.True(await talk.PassesAsync("and something of no interest, of which there is quite a lot"));
        Assert.False(await talk.PassesAsync("then " + s_split[1]));
        Assert.Contains("secret.split-over-messages", speaker.World.Evidence.RefusedRules);
    }

    private static async Task<IHarness> StartAsync(string transport)
    {
        var harness = await Transports.StartAsync(transport);
        harness.World.Policies.Swap(Policy(), "known");
        return harness;
    }

    private static SecurityPolicy Policy() =>
        TestPolicies.Default(Yaml, new OwnSecrets("a key of the test"u8.ToArray(), [new OwnSecret("ACME_TOKEN", new SecretText(Own))]));

    private static async Task<(int Status, string Text)> PostAsync(IHarness harness, string json)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await harness.Client.PostAsync(new Uri("log", UriKind.Relative), content, patience.Token);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(patience.Token));
    }
}

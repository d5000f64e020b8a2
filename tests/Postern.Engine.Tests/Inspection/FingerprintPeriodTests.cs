using System.Security.Cryptography;
using System.Text;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Monitoring;
using Postern.Engine.Tests.Detection.Rules;

namespace Postern.Engine.Tests.Inspection;

public sealed class FingerprintPeriodTests
{
    private static readonly byte[] s_root = [.. Enumerable.Range(0, 32).Select(static i => (byte)i)];
    private static readonly string s_secret = RuleFiles.Find("secret.google.api-key").Examples[0];
    private static readonly DateTimeOffset s_start = DateTimeOffset.UnixEpoch.AddDays(700);

    [Fact]
    public async Task A_period_has_a_key_that_the_root_makes_again_and_nothing_remembered_outlives_it()
    {
        var clock = new Clock { Now = s_start };
        var inspector = Of(clock, days: 7);
        Assert.Equal(Expected("postern fingerprints, 7 days, period 100"), await FingerprintAsync(inspector));
        clock.Now = s_start.AddDays(7).AddSeconds(-1);
        Assert.Equal(Expected("postern fingerprints, 7 days, period 100"), await FingerprintAsync(inspector));
        clock.Now = s_start.AddDays(7);
        Assert.Equal(Expected("postern fingerprints, 7 days, period 101"), await FingerprintAsync(inspector));
    }

    [Fact]
    public async Task Without_periods_the_root_is_the_key_for_ever()
    {
        var clock = new Clock { Now = s_start };
        var inspector = Of(clock, days: 0);
        var expected = Print(s_root);
        Assert.Equal(expected, await FingerprintAsync(inspector));
        clock.Now = s_start.AddDays(10_000);
        Assert.Equal(expected, await FingerprintAsync(inspector));
    }

    private static Inspector Of(TimeProvider time, int days)
    {
        var world = new TestWorld();
        return new Inspector(new InspectorSeams(world, new InProcessSessions(), world, world, world, time, s_root) { FingerprintDays = days });
    }

    /// <summary>Of a long body that arrives, which is remembered.</summary>
    private static async Task<string> FingerprintAsync(Inspector inspector)
    {
        var exchange = new TestWorld().Exchange();
        var text = new string('.', 4000) + $" {s_secret} ";
        using var message = TestWorld.Body(text, new MessageFacts(MessageKind.Response, Direction.Inbound) { Status = 200, Whole = true });
        var ruling = await inspector.InspectAsync(exchange, message, TestContext.Current.CancellationToken);
        return ruling.Findings.First(static finding => finding.Rule.Id == "secret.google.api-key").Fingerprint;
    }

    private static string Expected(string label) => Print(HMACSHA256.HashData(s_root, Encoding.ASCII.GetBytes(label)));

    private static string Print(byte[] key) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(s_secret))[..8]);

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

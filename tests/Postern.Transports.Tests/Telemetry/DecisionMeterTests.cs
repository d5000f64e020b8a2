using Postern.Engine.Detection;
using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Policy;
using Postern.Transports.Telemetry;

namespace Postern.Transports.Tests.Telemetry;

public sealed class DecisionMeterTests
{
    private static readonly Rule s_rule = new("secret.test.key", "Test key", RuleCategory.Secret, Severity.High, Confidence.High, "Remove it.");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_kept_is_counted_as_it_was_ruled(bool isLate)
    {
        var meter = new DecisionMeter(new LateEvidence { IsLate = isLate });

        await meter.AppendAsync(Draft(Effect.Allow), CancellationToken.None);

        Assert.Equal([0, 0, 0, 1], meter.Effects);
        Assert.Equal([0, 0, 0, 1], meter.Transports["forward"]);
        Assert.Equal((0, 7, 3), (meter.Lost, meter.InspectedBytes, meter.OpaqueBytes));
        Assert.Equal(1, meter.Rules[s_rule.Id]);
        Assert.Empty(meter.RefusedDestinations);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_could_not_be_kept_is_lost_and_counts_as_a_refusal(bool isLate)
    {
        var meter = new DecisionMeter(new LateEvidence { IsLate = isLate, IsLost = true });

        await Assert.ThrowsAsync<EvidenceLostException>(async () => await meter.AppendAsync(Draft(Effect.Allow), CancellationToken.None));

        Assert.Equal([1, 0, 0, 0], meter.Effects);
        Assert.Equal([1, 0, 0, 0], meter.Transports["forward"]);
        Assert.Equal((1, 7, 0), (meter.Lost, meter.InspectedBytes, meter.OpaqueBytes));
        Assert.Equal(1, meter.Rules[s_rule.Id]);
        Assert.Equal(1, meter.RefusedDestinations["https://api.example.com:443"]);
    }

    [Fact]
    public void Counting_what_is_kept_at_once_allocates_nothing()
    {
        var meter = new DecisionMeter(new LateEvidence());
        Append(meter);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Append(meter);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Append(DecisionMeter meter) => AssertKept(meter.AppendAsync(Clean(), CancellationToken.None));

    private static void AssertKept(ValueTask<EvidenceId> append) => Assert.True(append.IsCompletedSuccessfully);

    private static EvidenceDraft Clean() => new()
    {
        Kind = EvidenceKind.Ruling,
        Actor = "agent-1",
        Transport = "forward",
        Message = MessageKind.Request,
        Destination = "https://api.example.com:443"u8,
        Effect = Effect.Allow,
        PolicyHash = "",
    };

    private static EvidenceDraft Draft(Effect effect) => new()
    {
        Kind = EvidenceKind.Ruling,
        Actor = "agent-1",
        Transport = "forward",
        Message = MessageKind.Request,
        Destination = "https://api.example.com:443"u8,
        Effect = effect,
        Findings = new Finding[] { new(s_rule, Confidence.High, "body", "raw", 0, 4, "0011") },
        InspectedBytes = 7,
        OpaqueBytes = 3,
        PolicyHash = "",
    };
}

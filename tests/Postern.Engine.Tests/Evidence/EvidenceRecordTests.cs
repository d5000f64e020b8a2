using System.Buffers;
using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Engine.Tests.Evidence;

public sealed class EvidenceRecordTests
{
    private const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static readonly DateTimeOffset s_time = new(2026, 11, 20, 6, 28, 37, TimeSpan.Zero);

    [Fact]
    public void What_was_recorded_is_read_back()
    {
        Finding[] findings = [new(Drafts.Rule, Confidence.High, "body$.memo", "raw>base64", 1, 2, "f1")];
        var record = EvidenceRecord.Read(Line(new EvidenceDraft
        {
            Kind = EvidenceKind.Ruling,
            Actor = "agent-1",
            Exchange = ulong.MaxValue,
            Transport = "forward",
            Direction = Direction.Inbound,
            Message = MessageKind.BodyWindow,
            Method = "POST"u8,
            Destination = "https://api.example.com:443"u8,
            Effect = Effect.Allow,
            Observed = Effect.Deny,
            Grant = "mode:balanced",
            Findings = findings,
            PolicyRevision = 3,
            PolicyHash = Drafts.PolicyHash,
            InspectedBytes = 512,
            OpaqueBytes = 7,
            Pieces = 2,
            Trace = Trace,
            Note = "a note",
        }))!;

        Assert.Equal((s_time, Trace, 1L), (record.Time, record.Trace, record.Id.Sequence));
        var draft = record.Draft;
        Assert.Equal((EvidenceKind.Ruling, "agent-1", ulong.MaxValue, "forward", Direction.Inbound), (draft.Kind, draft.Actor, draft.Exchange, draft.Transport, draft.Direction));
        Assert.Equal((MessageKind.BodyWindow, Effect.Allow, Effect.Deny, "mode:balanced"), (draft.Message, draft.Effect, draft.Observed, draft.Grant));
        Assert.Equal((512, 7, 2, 3, "a note"), (draft.InspectedBytes, draft.OpaqueBytes, draft.Pieces, draft.PolicyRevision, draft.Note));
        Assert.Equal("POST https://api.example.com:443", Encoding.ASCII.GetString(draft.Method) + " " + Encoding.ASCII.GetString(draft.Destination));
        var finding = draft.Findings[0];
        Assert.Equal((Drafts.Rule.Id, RuleCategory.Secret, Severity.Critical, "body$.memo", "raw>base64"), (finding.Rule.Id, finding.Rule.Category, finding.Rule.Severity, finding.Where, finding.View));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"kind\":\"checkpoint\"}")]
    [InlineData("{\"kind\":\"ruling\"}")]
    [InlineData("{\"kind\":\"ruling\",\"chain\":\"zz\"}")]
    [InlineData("{\"chain\":\"00000001\",\"kind\":\"rul")]
    public void What_is_no_record_reads_as_none(string line) => Assert.Null(EvidenceRecord.Read(Encoding.UTF8.GetBytes(line)));

    [Theory]
    [InlineData(Trace, true)]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-zz", false)]
    [InlineData("00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01", false)]
    [InlineData("00-00000000000000000000000000000000-00f067aa0ba902b7-01", false)]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01", false)]
    [InlineData("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", false)]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more", false)]
    [InlineData("00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01", false)]
    [InlineData("", false)]
    public void Only_a_trace_in_its_own_form_is_recorded(string text, bool isSound)
    {
        Assert.Equal(isSound, TraceContext.IsSound(text));
        Assert.Equal(isSound ? text : "", new Exchange("a", "forward", new Inspection.TestWorld().Exchange().Policy) { Trace = text }.Trace);
    }

    [Theory]
    [InlineData(Effect.Allow, null, true, Urgency.Info)]
    [InlineData(Effect.Allow, Effect.Deny, false, Urgency.Warn)]
    [InlineData(Effect.Redact, null, false, Urgency.Warn)]
    [InlineData(Effect.Ask, null, true, Urgency.Warn)]
    [InlineData(Effect.Deny, null, false, Urgency.Warn)]
    [InlineData(Effect.Deny, null, true, Urgency.Critical)]
    public void Urgency_follows_what_came_of_it(Effect effect, Effect? observed, bool isGrave, Urgency urgency) => Assert.Equal(urgency, Urgencies.Of(effect, observed, isGrave));

    private static ReadOnlyMemory<byte> Line(in EvidenceDraft draft)
    {
        using var signer = new EvidenceSigner(new ManagedEd25519(), new byte[32]);
        var lines = new ArrayBufferWriter<byte>();
        var chain = ChainWriter.Begin(new ChainHeader(1, s_time, Convert.ToHexStringLower(signer.PublicKey), "0"), signer, lines);
        var start = lines.WrittenCount;
        chain.Append(draft, s_time, lines);
        return lines.WrittenMemory[start..^1];
    }
}

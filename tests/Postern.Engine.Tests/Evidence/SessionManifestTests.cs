using System.Globalization;
using System.Text;
using System.Text.Json;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Verification;
using Postern.Engine.Flow;
using Postern.Engine.Policy;
using Postern.Engine.Tests.Evidence.Verification;

namespace Postern.Engine.Tests.Evidence;

public sealed class SessionManifestTests
{
    private readonly ChainScript _chain = new(0x1a2b3c4d, ChainScript.Signer("one"));

    [Fact]
    public void A_session_is_summed_up_as_its_records_say()
    {
        _chain.Records(2).Record(Call("allow", Effect.Allow)).Record(Call("deny", Effect.Deny))
            .Record(Drafts.Stream(EvidenceKind.Open, 9)).Record(Drafts.Stream(EvidenceKind.Close, 9))
            .Record(RecorderNotes.SessionEnd("agent-1", new Dictionary<string, string> { ["files"] = "00ff" }, "process ended"))
            .Checkpoint(closing: true);

        var manifest = Manifests().Single();
        Assert.Equal(
            string.Concat(
                """{"destinations":{"https://api.example.com:443":2},"effects":{"allow":3,"ask":0,"deny":1,"redact":0},"first":1,"models":{"gpt-4o":2},"observed":0,""",
                """ "pinned":{"files":"00ff"},"policies":{"5e884898da28047151d0e56f8dc6292773603d0d6aabbd6a98a4a8a0d5e6f1b2":6},"records":6,""".TrimStart(),
                """ "rules":{"secret.test.key":1},"tools":{"files/read":2}}""".TrimStart()),
            manifest.GetProperty("summary").GetRawText());
        Assert.Equal((2048L, "process ended", Drafts.PolicyHash), (manifest.GetProperty("inspected").GetInt64(), manifest.GetProperty("note").GetString(), manifest.GetProperty("policy").GetProperty("hash").GetString()));
    }

    [Fact]
    public void Whoever_has_the_records_counts_the_same()
    {
        _chain.Records(3).Record(Call("allow", Effect.Redact)).Record(RecorderNotes.SessionEnd("agent-1", null, "terminated"))
            .Records(1).Record(Call("deny", Effect.Deny)).Record(RecorderNotes.SessionEnd("agent-1", null, "process ended"));

        var again = new SessionTallies();
        var compared = 0;
        foreach (var line in _chain.Files()[0].Lines)
        {
            if (EvidenceRecord.Read(Encoding.UTF8.GetBytes(line)) is not { } record)
            {
                continue;
            }

            if (record.Kind == EvidenceKind.Manifest)
            {
                Assert.Equal(record.Line.GetProperty("summary").GetRawText(), Encoding.UTF8.GetString(again.Conclude(record.Draft).Summary));
                compared++;
            }

            again.Add(record.Draft, record.Id.Sequence);
        }

        Assert.Equal(2, compared);
    }

    [Fact]
    public void A_session_without_an_end_is_named()
    {
        var killed = ChainScript.Verify(_chain.Records(2).Checkpoint().Files());
        Assert.True(killed.Sound);
        Assert.Equal((0L, 1L, "chain 1a2b3c4d actor agent-1"), (killed.EndedSessions, killed.UnendedSessions, killed.UnendedActors.Single()));
        Assert.Contains(killed.CannotProve, static line => line.Contains("1 sessions", StringComparison.Ordinal));

        // A recorder that goes on counts anew: what it sums up later is not what was lost.
        var resumed = ChainScript.Verify(_chain.Record(RecorderNotes.Draft(RecorderNotes.Resumed(3, 0))).Records(1)
            .Record(RecorderNotes.SessionEnd("agent-1", null, "process ended")).Checkpoint(closing: true).Files());
        Assert.True(resumed.Sound);
        Assert.Equal((1L, 1L), (resumed.EndedSessions, resumed.UnendedSessions));
    }

    [Fact]
    public void A_session_that_ended_is_not_open_any_more()
    {
        _chain.Records(1);
        Assert.Equal(["agent-1"], _chain.Writer.OpenSessions);
        _chain.Record(RecorderNotes.SessionEnd("agent-1", null, "process ended")).Checkpoint(closing: true);
        Assert.Empty(_chain.Writer.OpenSessions);
        var report = ChainScript.Verify(_chain.Files());
        Assert.Equal((1L, 0L), (report.EndedSessions, report.UnendedSessions));
    }

    [Fact]
    public void Hostile_names_cannot_make_a_manifest_that_the_verifier_refuses()
    {
        for (var i = 0; i < NameCounts.MaxNames + 10; i++)
        {
            var name = i.ToString("x", CultureInfo.InvariantCulture) + "\"\\\u0001\u007f\ud83d\ude00\u2028\ud800";
            _chain.Record(new EvidenceDraft { Kind = EvidenceKind.Ruling, Actor = "a", Transport = "mcp", Direction = Direction.Outbound, PolicyHash = "", Server = "s", Tool = name });
        }

        _chain.Record(RecorderNotes.SessionEnd("a", null, "process ended")).Checkpoint(closing: true);
        Assert.True(ChainScript.Verify(_chain.Files()).Sound);
        var tools = Manifests().Single().GetProperty("summary").GetProperty("tools");
        Assert.Equal(NameCounts.MaxNames + 1, tools.EnumerateObject().Count());
        Assert.Equal(10, tools.GetProperty(NameCounts.More).GetInt32());
    }

    private static EvidenceDraft Call(string where, Effect effect) => new()
    {
        Kind = EvidenceKind.Ruling,
        Actor = "agent-1",
        Transport = "mcp",
        Direction = Direction.Outbound,
        Message = MessageKind.Rpc,
        Method = "tools/call"u8,
        Server = "files",
        Tool = "read",
        Model = "gpt-4o",
        Effect = effect,
        Findings = effect == Effect.Deny ? new[] { Drafts.Finding(where) } : default,
        PolicyHash = Drafts.PolicyHash,
        InspectedBytes = 512,
    };

    private IEnumerable<JsonElement> Manifests() => _chain.Files()[0].Lines.Select(static line => JsonDocument.Parse(line).RootElement)
        .Where(static record => record.GetProperty("kind").GetString() == "manifest");
}

using System.Buffers;
using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Evidence.Verification;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Engine.Tests.Evidence;

public sealed class RecordEncoderTests
{
    private static readonly DateTimeOffset s_time = new DateTimeOffset(2026, 11, 20, 6, 28, 37, TimeSpan.Zero).AddTicks(1234567);
    private static readonly RecordStamp s_stamp = new(0x1a2b3c4d, 17, s_time);

    [Fact]
    public void A_clean_record_has_exactly_this_layout() => Assert.Equal(
        "{\"action\":\"read\",\"actor\":\"agent-1\",\"chain\":\"1a2b3c4d\",\"destination\":\"https://api.example.com:443\","
        + "\"direction\":\"outbound\",\"effect\":\"allow\",\"exchange\":\"7\",\"findings\":[],\"grant\":\"mode:balanced\",\"inspected\":512,"
        + "\"kind\":\"ruling\",\"message\":\"request\",\"method\":\"GET\",\"opaque\":0,"
        + "\"policy\":{\"hash\":\"" + Drafts.PolicyHash + "\",\"revision\":3},\"prev\":\"" + new string('0', 64) + "\",\"seq\":17,"
        + "\"transport\":\"forward\",\"ts\":\"2026-11-20T06:28:37.123456700Z\",\"v\":1}",
        Encode(Drafts.Clean()));

    [Fact]
    public void A_full_record_has_exactly_this_layout()
    {
        var draft = new EvidenceDraft
        {
            Kind = EvidenceKind.Span,
            Actor = "a\"\\\n\u00e9",
            Exchange = ulong.MaxValue,
            Transport = "sse",
            Direction = Direction.Inbound,
            Message = MessageKind.BodyWindow,
            Method = "tools/call"u8,
            Destination = "https://x.example"u8,
            Effect = Effect.Redact,
            Observed = Effect.Deny,
            Findings = new[] { Drafts.Finding() },
            PolicyHash = "h",
            PolicyRevision = 1,
            InspectedBytes = 1,
            OpaqueBytes = 2,
            Pieces = 3,
            Digest = new byte[32],
            Process = new PeerProcess(4711, "cu\"rl", "/usr/bin/curl"),
            Note = "n",
            Server = "files",
            Tool = "read",
            Model = "gpt-4o",
        };
        Assert.Equal(
            "{\"action\":\"delegate\",\"actor\":\"a\\\"\\\\\\n\u00e9\",\"chain\":\"1a2b3c4d\",\"destination\":\"https://x.example\",\"digest\":\""
            + new string('0', 64) + "\",\"direction\":\"inbound\",\"effect\":\"redact\",\"exchange\":\"18446744073709551615\",\"findings\":"
            + "[{\"confidence\":\"certain\",\"fingerprint\":\"fp-1\",\"rule\":\"secret.test.key\",\"severity\":\"critical\",\"view\":\"raw>base64\",\"where\":\"body$.memo\"}],"
            + "\"grant\":\"\",\"inspected\":1,\"kind\":\"span\",\"message\":\"body-window\",\"method\":\"tools/call\",\"model\":\"gpt-4o\",\"note\":\"n\",\"observed\":\"deny\","
            + "\"opaque\":2,\"pieces\":3,\"policy\":{\"hash\":\"h\",\"revision\":1},\"prev\":\"" + new string('0', 64)
            + "\",\"process\":{\"command\":\"cu\\\"rl\",\"exe\":\"/usr/bin/curl\",\"pid\":4711},\"seq\":17,\"server\":\"files\",\"tool\":\"read\",\"transport\":\"sse\",\"ts\":\"2026-11-20T06:28:37.123456700Z\",\"v\":1}",
            Encode(draft));
    }

    [Fact]
    public void Says_what_was_accepted_why_and_how_much_was_edited_by_class()
    {
        Finding[] findings =
        [
            Drafts.Finding() with { Acceptance = Acceptance.Edited, Note = "npm-token" },
            Drafts.Finding() with { Acceptance = Acceptance.Edited, Note = "aws-access-key-id" },
            Drafts.Finding() with { Acceptance = Acceptance.Edited },
            Drafts.Finding() with { Acceptance = Acceptance.Edited, Note = "npm-token" },
            Drafts.Finding() with { Acceptance = Acceptance.ByOperator, Note = "known test key" },
        ];

        var line = Encode(new EvidenceDraft { Actor = "a", Transport = "t", PolicyHash = "", Effect = Effect.Redact, Findings = findings });

        Assert.Contains("\"edits\":{\"aws-access-key-id\":1,\"npm-token\":2},\"effect\":\"redact\"", line, StringComparison.Ordinal);
        Assert.Contains("{\"accepted\":\"suppressed\",\"confidence\":\"certain\",\"fingerprint\":\"fp-1\",\"note\":\"known test key\",\"rule\":", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://user:hunter2@host.example:8443/path?token=hunter2#hunter2", "host.example:8443")]
    [InlineData("https://host.example/hunter2", "https://host.example")]
    [InlineData("https://host.example?hunter2", "https://host.example")]
    [InlineData("https://host.example#hunter2", "https://host.example")]
    [InlineData("https://host.example\\hunter2", "https://host.example")]
    [InlineData("host.example:443/hunter2", "host.example:443")]
    [InlineData("hunter2@host.example:443", "host.example:443")]
    [InlineData("https://[2001:db8::1]:443", "https://[2001:db8::1]:443")]
    [InlineData("", "")]
    public void Only_scheme_host_and_port_of_a_destination_are_recorded(string destination, string expected)
    {
        var line = Encode(new EvidenceDraft { Actor = "a", Transport = "t", PolicyHash = "", Destination = Encoding.ASCII.GetBytes(destination) });
        Assert.Contains($"\"destination\":\"{expected}\"", line, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "read", "GET")]
    [InlineData("POST", "write", "POST")]
    [InlineData("DELETE", "write", "DELETE")]
    [InlineData("CONNECT", "read", "CONNECT")]
    [InlineData("tools/list", "read", "tools/list")]
    [InlineData("tools/call", "delegate", "tools/call")]
    [InlineData("", "unclassified", "")]
    [InlineData("get", "unclassified", "other")]
    [InlineData("sk-live-hunter2", "unclassified", "other")]
    public void A_method_is_recorded_by_its_table_name_or_not_at_all(string method, string action, string name)
    {
        var line = Encode(new EvidenceDraft { Actor = "a", Transport = "t", PolicyHash = "", Method = Encoding.ASCII.GetBytes(method) });
        Assert.StartsWith($"{{\"action\":\"{action}\",", line, StringComparison.Ordinal);
        Assert.Contains($"\"method\":\"{name}\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_matched_text_of_a_rule_never_gets_in_but_its_place_does()
    {
        var line = Encode(new EvidenceDraft { Actor = "a", Transport = "t", PolicyHash = "", Findings = new[] { Drafts.Finding("header:authorization") } });
        Assert.Contains("\"where\":\"header:authorization\"", line, StringComparison.Ordinal);
        Assert.DoesNotContain(Drafts.Rule.Title, line, StringComparison.Ordinal);
        Assert.DoesNotContain(Drafts.Rule.Remedy, line, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_text_is_canonical_and_fits_the_room_that_was_promised()
    {
        var worst = new string('\u0001', 2 * RecordEncoder.MaxText);
        var findings = Enumerable.Repeat(
            new Finding(Drafts.Rule with { Id = worst }, Confidence.Low, worst, worst, 0, 0, worst), RecordEncoder.MaxFindings + 5).ToArray();
        byte[] destination = [.. Enumerable.Repeat((byte)0x01, 2 * RecordEncoder.MaxDestination)];
        var draft = new EvidenceDraft
        {
            Actor = worst,
            Transport = worst,
            Grant = worst,
            PolicyHash = worst,
            Note = worst,
            Findings = findings,
            Destination = destination,
            Digest = new byte[32],
            Observed = Effect.Deny,
            Exchange = ulong.MaxValue,
            InspectedBytes = CanonicalWriter.MaxInteger,
            OpaqueBytes = CanonicalWriter.MaxInteger,
            Pieces = CanonicalWriter.MaxInteger,
            PolicyRevision = CanonicalWriter.MaxInteger,
        };
        var line = Encode(draft);
        Assert.True(CanonicalJson.IsCanonical(Encoding.UTF8.GetBytes(line)));
        Assert.Contains("\"more\":5,", line, StringComparison.Ordinal);
        Assert.True(RecordEncoder.MaxBytes(in draft) < EvidenceFormat.MaxLineBytes);
    }

    // As code units: an attribute's own string cannot hold half a surrogate pair.
    [Theory]
    [InlineData(new[] { 0xd800 }, "\ufffd")]
    [InlineData(new[] { 'a', 0xdc00, 'b' }, "a\ufffdb")]
    [InlineData(new[] { 0xd83d, 0xde00 }, "\ud83d\ude00")]
    [InlineData(new[] { 0x2028, 0x7f }, "\u2028\u007f")]
    public void Broken_text_becomes_replacement_characters(int[] units, string expected)
    {
        var actor = string.Concat(units.Select(unit => (char)unit));
        var line = Encode(new EvidenceDraft { Actor = actor, Transport = "t", PolicyHash = "" });
        Assert.Contains($"\"actor\":\"{expected}\"", line, StringComparison.Ordinal);
        Assert.True(CanonicalJson.IsCanonical(Encoding.UTF8.GetBytes(line)));
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_become_replacement_characters()
    {
        var line = Encode(new EvidenceDraft { Actor = "a", Transport = "t", PolicyHash = "", Destination = [(byte)'h', 0xff, (byte)'"'] });
        Assert.Contains("\"destination\":\"h\ufffd\\\"\"", line, StringComparison.Ordinal);
        Assert.True(CanonicalJson.IsCanonical(Encoding.UTF8.GetBytes(line)));
    }

    [Fact]
    public void A_number_that_JSON_readers_would_round_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Encode(new EvidenceDraft
        {
            Actor = "a",
            Transport = "t",
            PolicyHash = "",
            InspectedBytes = CanonicalWriter.MaxInteger + 1,
        }));

    [Fact]
    public void A_draft_that_cannot_be_encoded_changes_nothing()
    {
        var (writer, lines) = Chain();
        var before = (writer.NextSequence, lines.WrittenCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Append(
            new EvidenceDraft { Actor = "a", Transport = "t", PolicyHash = "", Digest = new byte[5] }, s_time, lines));
        Assert.Equal(before, (writer.NextSequence, lines.WrittenCount));
    }

    [Fact]
    public void A_clean_record_allocates_nothing()
    {
        var (writer, lines) = Chain();
        for (var i = 0; i < 100; i++)
        {
            writer.Append(Drafts.Clean(), s_time, lines);
        }

        lines.ResetWrittenCount();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
        {
            writer.Append(Drafts.Clean(), s_time, lines);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static (ChainWriter Writer, ArrayBufferWriter<byte> Lines) Chain()
    {
        var lines = new ArrayBufferWriter<byte>(1 << 20);
        var signer = new EvidenceSigner(new ManagedEd25519(), new byte[32]);
        return (ChainWriter.Begin(new ChainHeader(1, s_time, Convert.ToHexStringLower(signer.PublicKey), "0"), signer, lines), lines);
    }

    private static string Encode(in EvidenceDraft draft)
    {
        var target = new byte[RecordEncoder.MaxBytes(in draft)];
        var length = RecordEncoder.Write(in draft, s_stamp, new byte[32], target);

        // Whatever is written, the verifier knows: a member that only one of the two has would make sound evidence look tampered with.
        Assert.True(new RecordReader().TryRead(target.AsSpan(0, length)));
        return Encoding.UTF8.GetString(target, 0, length);
    }
}

using System.Net;
using System.Text.Json;
using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Mcp;
using Postern.Engine.Media;
using Postern.Engine.Views;

namespace Postern.Engine.Capturing;

/// <summary>What <see cref="CaptureWriting"/> wrote before the bytes. Whoever has the public key can seal anything: nothing in it is believed.</summary>
internal sealed class CaptureHead
{
    private const int NumbersOfPart = 5;

    private readonly JsonElement _head;
    private readonly int _length;

    /// <exception cref="FormatException">It is none, or one of the other ones that <see cref="Capture.Read"/> names.</exception>
    public CaptureHead(JsonElement head, in EvidenceDraft draft)
    {
        _head = head;
        _length = head.GetProperty("bytes").GetInt32();
        Content = Word<CaptureContent>("content");
        (Agent, Claim, ReadsTunnel) = (Text("agent"), Text("claim"), Flag("reads_tunnel"));
        Addresses = !Flag("resolved") ? null : [.. head.GetProperty("addresses").EnumerateArray().Select(static address => IPAddress.Parse(address.GetString()!))];
        Parts = [.. head.GetProperty("parts").EnumerateArray().Select(static number => number.GetInt32()).Chunk(NumbersOfPart).Select(PartOf)];
        Facts = FactsOf(draft);
    }

    public CaptureContent Content { get; }

    public string Agent { get; }

    public string Claim { get; }

    public bool ReadsTunnel { get; }

    public IPAddress[]? Addresses { get; }

    public Part[] Parts { get; }

    public MessageFacts Facts { get; }

    /// <summary>True when it speaks of so many bytes, and of none beside them.</summary>
    public bool Fits(int length)
    {
        var expected = Content switch { CaptureContent.Withheld => 0, CaptureContent.Cut => Math.Min(length, _length), _ => _length };
        return length == expected && Array.TrueForAll(Parts, part => IsWithin(part.Start, part.Length) && IsWithin(part.NameStart, part.NameLength))
            && Facts is { Lead: >= 0, HeldBack: >= 0 } && (long)Facts.Lead + Facts.HeldBack <= Array.Find(Parts, static part => part.Kind == PartKind.Body).Length;
        bool IsWithin(int start, int count) => start >= 0 && count >= 0 && (long)start + count <= length;
    }

    private static Part PartOf(int[] numbers) => numbers.Length == NumbersOfPart && Enum.IsDefined((PartKind)numbers[0])
        ? new Part((PartKind)numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
        : throw new FormatException("not a part");

    private MessageFacts FactsOf(in EvidenceDraft draft) => new(draft.Message, draft.Direction)
    {
        Content = Word<ContentKind>("type"),
        Media = Flag("media") ? MediaHead.Restore(Text("media_label"), Text("media_format")) : null,
        Charset = Text("charset") is { Length: > 0 } name ? Charset.Of("charset=" + name, ContentKind.Text, []) : null,
        Obstacles = (Obstacle)_head.GetProperty("obstacles").GetUInt32(),
        Status = Number("status"),
        HeldBack = Number("held_back"),
        Lead = Number("lead"),
        Whole = Flag("whole"),
        Last = Flag("last"),
        KeepsLength = Flag("keeps_length"),
        IsFixed = Flag("fixed"),
        Boundary = Bytes("boundary"),
        Mcp = new McpFacts(Word<RpcShape>("rpc")) { Method = Bytes("method"), Tool = Bytes("tool") },
    };

    private string Text(string name) => _head.GetProperty(name).GetString()!;

    private int Number(string name) => _head.GetProperty(name).GetInt32();

    private bool Flag(string name) => _head.GetProperty(name).GetBoolean();

    private byte[] Bytes(string name) => _head.GetProperty(name).GetBytesFromBase64();

    private T Word<T>(string name)
        where T : struct, Enum => Enum.TryParse<T>(Text(name), out var value) && Enum.IsDefined(value) ? value : throw new FormatException(name);
}

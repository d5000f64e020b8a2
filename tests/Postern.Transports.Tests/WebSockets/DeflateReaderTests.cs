using System.Text;
using Postern.Transports.WebSockets;
using Postern.Transports.WebSockets.Deflate;

namespace Postern.Transports.Tests.WebSockets;

/// <summary>RFC 7692 from the reader's side.</summary>
public sealed class DeflateReaderTests
{
    private const int Max = 200_000;
    private const string Words = "to be or not to be, that is the question; to be or not to be";

    private static readonly Dictionary<string, (Func<bool, byte[]> Bytes, string Expected)> s_conversations = new()
    {
        ["the standard's example"] = (m => Frames.Of(0xC1, [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00], m), "Text Hello"),
        ["the standard's example in fragments"] = (m => [.. Frames.Of(0x41, [0xF2, 0x48, 0xCD], m), .. Frames.Of(0x80, [0xC9, 0xC9, 0x07, 0x00], m)], "Text Hello"),
        ["the standard's example without compression"] = (m => Frames.Of(0xC1, [0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00], m), "Text Hello"),
        ["the standard's example of two blocks"] = (m => Frames.Of(0xC1, [0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00], m), "Text Hello"),
        ["the window is kept"] = (m => [.. Frames.Of(0xC1, [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00], m), .. Frames.Of(0xC1, [0xF2, 0x00, 0x11, 0x00, 0x00], m)], "Text Hello|Text Hello"),
        ["an empty message"] = (m => Frames.Of(0xC1, [0x00], m), "Text "),
        ["compressed and not"] = (m => [.. Deflated(0xC1, Words, m), .. Frames.Text("plain", m), .. Deflated(0xC2, Words, m)], $"Text {Words}|Text plain|Binary {Convert.ToHexString(Encoding.UTF8.GetBytes(Words))}"),
        ["a ping between fragments"] = (m => [.. Frames.Of(0x41, [0xF2, 0x48], m), .. Frames.Of(0x89, "p"u8.ToArray(), m), .. Frames.Of(0x80, [0xCD, 0xC9, 0xC9, 0x07, 0x00], m)], "Ping p|Text Hello"),
        ["RSV1 on a continuation"] = (m => [.. Frames.Of(0x41, [0xF2], m), .. Frames.Of(0xC0, [0x00], m)], "!ReservedBit"),
        ["RSV1 on a ping"] = (m => Frames.Of(0xC9, [1], m), "!ReservedBit"),
        ["RSV2 besides"] = (m => Frames.Of(0xE1, [0x00], m), "!ReservedBit"),
        ["no deflate at all"] = (m => Frames.Of(0xC1, [0xFF, 0xFF, 0xFF], m), "!CorruptDeflate"),
        ["a last block"] = (m => Frames.Of(0xC1, [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00], m), "!CorruptDeflate"),
        ["text that is not UTF-8"] = (m => Frames.Of(0xC1, Coded.Alone([0x48, 0xFF]), m), "!InvalidText"),
        ["too long when decompressed"] = (m => Frames.Of(0xC1, Coded.Alone([.. Enumerable.Range(0, Max + 1).Select(i => (byte)('a' + (i * i % 23)))]), m), "!MessageTooLarge"),
        ["a bomb"] = (m => Frames.Of(0xC2, Coded.Alone(new byte[8 * Max]), m), "!MessageTooLarge"),
    };

    public static TheoryData<string> Conversations => [.. s_conversations.Keys];

    [Theory]
    [MemberData(nameof(Conversations))]
    public void Reads_the_same_however_the_bytes_arrive(string name)
    {
        var (make, expected) = s_conversations[name];
        foreach (var from in (SocketPeer[])[SocketPeer.Client, SocketPeer.Server])
        {
            var bytes = make(from == SocketPeer.Client);

            Assert.Equal(expected, Read(from, new(), bytes));
            for (var cut = 1; cut < Math.Min(bytes.Length, 100); cut++)
            {
                Assert.Equal(expected, Read(from, new(), bytes.AsMemory(0, cut), bytes.AsMemory(cut)));
            }
        }
    }

    [Fact]
    public void Who_promised_to_forget_cannot_refer_back() => Assert.Equal(
        "Text Hello|!CorruptDeflate",
        Read(SocketPeer.Client, new() { TheyForget = true }, (byte[])[.. Frames.Of(0xC1, [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00], true), .. Frames.Of(0xC1, [0xF2, 0x00, 0x11, 0x00, 0x00], true)]));

    [Fact]
    public void Nothing_is_compressed_that_was_not_agreed_on() =>
        Assert.Equal("!ReservedBit", Frames.Transcript(SocketPeer.Client, Max, Deflated(0xC1, Words, true)));

    [Fact]
    public void Blocks_without_content_do_not_go_on_for_ever()
    {
        using var reader = new FrameReader(SocketPeer.Server, 1000, new MessageInflater(new(), 1000));
        var empty = Frames.Of(0x00, [.. Enumerable.Repeat<byte[]>([0x00, 0x00, 0x00, 0xFF, 0xFF], 1000).SelectMany(static b => b)], false);
        reader.Feed(Frames.Of(0x41, [], false));
        var fed = 0;
        SocketPiece piece;
        while (!reader.TryNext(out piece))
        {
            reader.Feed(empty);
            fed++;
        }

        Assert.Equal(SocketFault.MessageTooLarge, piece.Fault);
        Assert.InRange(fed, 1, 20);
    }

    [Theory]
    [InlineData(false, 15)]
    [InlineData(true, 15)]
    [InlineData(false, 9)]
    public void What_we_compress_is_read_back(bool forget, int bits)
    {
        using var deflater = new MessageDeflater(new() { WeForget = forget, WindowBits = bits });
        using var reader = new FrameReader(SocketPeer.Server, Max, new MessageInflater(new() { TheyForget = forget }, Max));
        var random = new Random(7692);
        var frame = new byte[Max];
        for (var i = 0; i < 50; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, i < 40 ? 20 : 2000)).Select(_ => Words[random.Next(40)..]));
            var payload = Encoding.UTF8.GetBytes(text);
            var isDeflated = deflater.Takes(payload.Length);
            var body = isDeflated ? deflater.Deflate(payload).ToArray() : payload;
            deflater.Rest();

            Assert.True(!isDeflated || body.Length < payload.Length || payload.Length < 100);
            Assert.True(bits == 15 ? isDeflated == payload.Length >= 64 : !isDeflated || payload.Length <= 1 << bits);
            reader.Feed(frame.AsSpan(0, FrameWriter.Write(frame, FrameWriter.First(SocketOpcode.Text, isDeflated), body, null)));
            Assert.True(reader.TryNext(out var piece));
            Assert.Equal((SocketFault.None, text), (piece.Fault, Encoding.UTF8.GetString(piece.Payload)));
        }
    }

    private static byte[] Deflated(int first, string text, bool masked) => Frames.Of(first, Coded.Alone(Encoding.UTF8.GetBytes(text)), masked);

    private static string Read(SocketPeer from, DeflateTerms terms, params ReadOnlyMemory<byte>[] portions) =>
        Frames.Transcript(from, Max, new MessageInflater(terms, Max), portions);
}

using Postern.Transports.WebSockets;

namespace Postern.Transports.Tests.WebSockets;

public sealed class FrameReaderTests
{
    private const int Max = 200_000;

    public static TheoryData<string, string> Conversations
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var (name, (_, expected)) in s_conversations)
            {
                rows.Add(name, expected);
            }

            return rows;
        }
    }

    private static readonly Dictionary<string, (Func<bool, byte[]> Bytes, string Expected)> s_conversations = new()
    {
        ["text"] = (m => Frames.Text("Hello", m), "Text Hello"),
        ["empty text"] = (m => Frames.Text("", m), "Text "),
        ["binary"] = (m => Frames.Of(0x82, [0, 255, 1], m), "Binary 00FF01"),
        ["two messages"] = (m => [.. Frames.Text("a", m), .. Frames.Text("b", m)], "Text a|Text b"),
        ["fragments"] = (m => [.. Frames.Text("He", m, final: false), .. Frames.More("ll", m, final: false), .. Frames.More("o", m, final: true)], "Text Hello"),
        ["empty fragments"] = (m => [.. Frames.Text("", m, final: false), .. Frames.More("x", m, final: false), .. Frames.More("", m, final: true)], "Text x"),
        ["ping between fragments"] = (m => [.. Frames.Text("He", m, final: false), .. Frames.Of(0x89, "p"u8.ToArray(), m), .. Frames.More("llo", m, final: true)], "Ping p|Text Hello"),
        ["pong"] = (m => Frames.Of(0x8A, "q"u8.ToArray(), m), "Pong q"),
        ["longest control frame"] = (m => Frames.Of(0x89, new byte[125], m), "Ping " + new string('\0', 125)),
        ["126 bytes"] = (m => Frames.Text(new string('x', 126), m), "Text " + new string('x', 126)),
        ["UTF-8 across fragments"] = (m => [.. Frames.Of(0x01, [0xE2, 0x82], m), .. Frames.Of(0x80, [0xAC], m)], "Text €"),
        ["close"] = (m => Frames.Close(1000, "bye", m), "Close 1000 bye"),
        ["close without a code"] = (m => Frames.Of(0x88, [], m), "Close 1005 "),
        ["nothing is read after a close"] = (m => [.. Frames.Close(1001, "", m), .. Frames.Text("late", m)], "Close 1001 "),
        ["RSV1"] = (m => Frames.Of(0xC1, [1], m), "!ReservedBit"),
        ["RSV2"] = (m => Frames.Of(0xA1, [1], m), "!ReservedBit"),
        ["RSV3"] = (m => Frames.Of(0x91, [1], m), "!ReservedBit"),
        ["RSV1 on a control frame"] = (m => Frames.Of(0xC9, [1], m), "!ReservedBit"),
        ["opcode 3"] = (m => Frames.Of(0x83, [1], m), "!ReservedOpcode"),
        ["opcode 7"] = (m => Frames.Of(0x87, [1], m), "!ReservedOpcode"),
        ["opcode 11"] = (m => Frames.Of(0x8B, [1], m), "!ReservedOpcode"),
        ["opcode 15"] = (m => Frames.Of(0x8F, [1], m), "!ReservedOpcode"),
        ["fragmented ping"] = (m => Frames.Of(0x09, [1], m), "!ControlFragmented"),
        ["fragmented close"] = (m => Frames.Of(0x08, [], m), "!ControlFragmented"),
        ["long ping"] = (m => Frames.Of(0x89, new byte[126], m), "!ControlTooLong"),
        ["long close"] = (m => Frames.Of(0x88, new byte[126], m), "!ControlTooLong"),
        ["continuation of nothing"] = (m => Frames.More("x", m, final: true), "!StrayContinuation"),
        ["continuation after the end"] = (m => [.. Frames.Text("a", m), .. Frames.More("b", m, final: true)], "Text a|!StrayContinuation"),
        ["text inside a message"] = (m => [.. Frames.Text("a", m, final: false), .. Frames.Text("b", m)], "!InterleavedMessage"),
        ["125 bytes with a long length"] = (m => Frames.Head(0x81, [126, 0, 125], new byte[125], m), "!LengthNotMinimal"),
        ["65535 bytes with the longest length"] = (m => Frames.Head(0x82, [127, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], [], m), "!LengthNotMinimal"),
        ["negative length"] = (m => Frames.Head(0x82, [127, 0x80, 0, 0, 0, 0, 0, 0, 1], [], m), "!LengthNegative"),
        ["largest length"] = (m => Frames.Head(0x82, [127, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [], m), "!MessageTooLarge"),
        ["one byte too many"] = (m => Frames.Head(0x82, [127, 0, 0, 0, 0, 0, 0x03, 0x0D, 0x41], [], m), "!MessageTooLarge"),
        ["fragments that add up to too much"] = (m => [.. Frames.Text("abc", m, final: false), .. Frames.Head(0x80, [127, 0, 0, 0, 0, 0, 0x03, 0x0D, 0x3E], [], m)], "!MessageTooLarge"),
        ["text that is not UTF-8"] = (m => Frames.Of(0x81, [0x48, 0xFF], m), "!InvalidText"),
        ["overlong UTF-8"] = (m => Frames.Of(0x81, [0xC0, 0xAF], m), "!InvalidText"),
        ["surrogate in UTF-8"] = (m => Frames.Of(0x81, [0xED, 0xA0, 0x80], m), "!InvalidText"),
        ["UTF-8 cut off at the end of a message"] = (m => [.. Frames.Of(0x01, [0x61], m), .. Frames.Of(0x80, [0xE2, 0x82], m)], "!InvalidText"),
        ["close with one byte"] = (m => Frames.Of(0x88, [3], m), "!CloseCode"),
        ["close with a reason that is not UTF-8"] = (m => Frames.Of(0x88, [3, 0xE8, 0xFF], m), "!InvalidText"),
        ["nothing is read after a fault"] = (m => [.. Frames.Of(0x83, [], m), .. Frames.Text("late", m)], "!ReservedOpcode"),
    };

    [Theory]
    [MemberData(nameof(Conversations))]
    public void Reads_the_same_however_the_bytes_arrive(string name, string expected)
    {
        foreach (var from in (SocketPeer[])[SocketPeer.Client, SocketPeer.Server])
        {
            var bytes = s_conversations[name].Bytes(from == SocketPeer.Client);

            Assert.Equal(expected, Frames.Transcript(from, Max, bytes));
            for (var cut = 1; cut < bytes.Length; cut++)
            {
                Assert.Equal(expected, Frames.Transcript(from, Max, bytes.AsMemory(0, cut), bytes.AsMemory(cut)));
            }

            Assert.Equal(expected, Frames.Transcript(from, Max, [.. Enumerable.Range(0, bytes.Length).Select(i => new ReadOnlyMemory<byte>(bytes, i, 1))]));
        }
    }

    [Theory]
    [InlineData(true, "!Masked")]
    [InlineData(false, "!Unmasked")]
    public void Clients_mask_and_servers_do_not(bool masked, string fault)
    {
        var wrong = masked ? SocketPeer.Server : SocketPeer.Client;

        Assert.Equal(fault, Frames.Transcript(wrong, Max, Frames.Text("a", masked)));
    }

    [Fact]
    public void Says_what_is_wrong_before_the_rest_of_the_head_is_there()
    {
        Assert.Equal("!ReservedOpcode", Frames.Transcript(SocketPeer.Client, Max, new byte[] { 0x83 }));
        Assert.Equal("!Unmasked", Frames.Transcript(SocketPeer.Client, Max, new byte[] { 0x81, 0x7F }));
    }

    [Theory]
    [InlineData("CEBAE1BDB9CF83CEBCCEB5F4908080", "656469746564")]
    [InlineData("48656C6C6FED", "A080")]
    [InlineData("C0", "AF")]
    [InlineData("F490", "8080")]
    [InlineData("E282", "41")]
    public void Says_in_the_middle_of_a_message_or_frame_that_text_is_bad(string first, string more)
    {
        byte[] bad = [.. Convert.FromHexString(first), .. Convert.FromHexString(more)];
        foreach (var masked in (bool[])[false, true])
        {
            var from = masked ? SocketPeer.Client : SocketPeer.Server;

            // A fragment that is not the last, and the beginning of a frame that never ends.
            Assert.Equal("!InvalidText", Frames.Transcript(from, Max, Frames.Of(0x01, bad, masked)));
            Assert.Equal("!InvalidText", Frames.Transcript(from, Max, Frames.Of(0x81, [.. bad, .. new byte[100]], masked).AsMemory(..^100)));
        }
    }

    [Theory]
    [InlineData("CEBA")]
    [InlineData("F48FBFBF")]
    [InlineData("EFBFBF")]
    [InlineData("F0")]
    [InlineData("F48F")]
    [InlineData("ED9F")]
    public void Waits_for_the_rest_of_a_character(string beginning) =>
        Assert.Equal(string.Empty, Frames.Transcript(SocketPeer.Client, Max, Frames.Of(0x01, Convert.FromHexString(beginning), masked: true)));

    [Fact]
    public void Fragments_without_content_do_not_go_on_for_ever()
    {
        using var reader = new FrameReader(SocketPeer.Server, Max);
        reader.Feed(Frames.Text("", masked: false, final: false));
        for (var i = 0; i < 64 * 1024 - 1; i++)
        {
            reader.Feed(Frames.More("", masked: false, final: false));
            Assert.False(reader.TryNext(out _));
        }

        reader.Feed(Frames.More("", masked: false, final: false));

        Assert.True(reader.TryNext(out var piece));
        Assert.Equal(SocketFault.MessageTooLarge, piece.Fault);
    }

    [Fact]
    public void Takes_a_message_of_exactly_the_bound()
    {
        var whole = Frames.Text(new string('x', Max), masked: true);

        Assert.Equal("Text " + new string('x', Max), Frames.Transcript(SocketPeer.Client, Max, whole));
        Assert.Equal("!MessageTooLarge", Frames.Transcript(SocketPeer.Client, Max - 1, whole));
    }

    [Fact]
    public void Refuses_a_length_before_making_room_for_it()
    {
        var head = Frames.Head(0x82, [127, 0, 0, 0, 0, 0x7F, 0, 0, 0], [], masked: true);
        using var reader = new FrameReader(SocketPeer.Client, Max);
        var before = GC.GetAllocatedBytesForCurrentThread();

        reader.Feed(head);
        var found = reader.TryNext(out var piece);

        Assert.True(found);
        Assert.Equal(SocketFault.MessageTooLarge, piece.Fault);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    [Theory]
    [InlineData(999, false)]
    [InlineData(1000, true)]
    [InlineData(1003, true)]
    [InlineData(1004, false)]
    [InlineData(1005, false)]
    [InlineData(1006, false)]
    [InlineData(1007, true)]
    [InlineData(1014, true)]
    [InlineData(1015, false)]
    [InlineData(2999, false)]
    [InlineData(3000, true)]
    [InlineData(4999, true)]
    [InlineData(5000, false)]
    [InlineData(0, false)]
    [InlineData(65535, false)]
    public void Takes_only_close_codes_that_may_be_sent(int code, bool sendable) =>
        Assert.Equal(sendable ? $"Close {code} r" : "!CloseCode", Frames.Transcript(SocketPeer.Client, Max, Frames.Close(code, "r", masked: true)));

    [Fact]
    public void Any_bytes_read_the_same_however_they_arrive_and_end_at_the_first_fault()
    {
        var random = new Random(6455);
        for (var i = 0; i < 3000; i++)
        {
            var bytes = new List<byte>();
            while (bytes.Count < 60)
            {
                // Mostly sound frames, so that the reading gets far; a random byte is changed afterwards.
                var payload = new byte[random.Next(0, 20)];
                random.NextBytes(payload);
                bytes.AddRange(Frames.Of(random.Next(2) * 0x80 | random.Next(3), payload, masked: true));
            }

            bytes[random.Next(bytes.Count)] = (byte)random.Next(256);
            var all = bytes.ToArray();
            var cut = random.Next(all.Length);

            var whole = Frames.Transcript(SocketPeer.Client, 40, all);

            Assert.Equal(whole, Frames.Transcript(SocketPeer.Client, 40, all.AsMemory(0, cut), all.AsMemory(cut)));
            Assert.InRange(whole.Split("|!").Length, 1, 2);
        }
    }
}

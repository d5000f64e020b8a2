using System.Text;

namespace Postern.Transports.Tests.WebSockets;

/// <summary>
/// What a peer may do and may not, by the families of the Autobahn test suite: each case is what one side sends, and what the other
/// side hears of it through Postern.
/// </summary>
internal static class CaseFamilies
{
    private const string Broken = "Close 1002 protocol.broken-frame";
    private const string BadText = "Close 1007 uninspectable.invalid-text";
    private const string TooLong = "Close 1009 uninspectable.piece-too-large";

    /// <summary>Cases by name.</summary>
    public static readonly Dictionary<string, (Func<bool, byte[]> Sends, string Heard)> All = new(
        [.. Framing, .. Pings, .. ReservedBits, .. Opcodes, .. Fragmentation, .. Utf8, .. Closing, .. Limits, .. Deflated]);

    private static IEnumerable<KeyValuePair<string, (Func<bool, byte[]>, string)>> Framing =>
    [
        .. new[] { 0, 125, 126, 127, 128, 65535, 65536 }.Select(length => Sound($"1.1 text of {length}", m => Frames.Text(Words(length), m), "Text " + Words(length))),
        .. new[] { 0, 125, 126, 127, 128, 65535, 65536 }.Select(length => Sound($"1.2 binary of {length}", m => Frames.Of(0x82, Encoding.UTF8.GetBytes(Words(length)), m), "Binary " + Words(length))),
    ];

    private static IEnumerable<KeyValuePair<string, (Func<bool, byte[]>, string)>> Pings =>
    [
        Sound("2.1 ping without payload", m => Frames.Of(0x89, [], m), "Ping "),
        Sound("2.3 binary payload", m => Frames.Of(0x89, "\0\u0001"u8.ToArray(), m), "Ping \0\u0001"),
        Sound("2.4 longest ping", m => Frames.Of(0x89, Encoding.ASCII.GetBytes(new string('.', 125)), m), "Ping " + new string('.', 125)),
        Fault("2.5 ping too long", m => Frames.Of(0x89, new byte[126], m), Broken),
        Sound("2.7 pong that nobody asked for", m => Frames.Of(0x8A, [], m), "Pong "),
        Sound("2.10 ten pings", m => [.. Enumerable.Range(0, 10).SelectMany(i => Frames.Of(0x89, [(byte)('0' + i)], m))], string.Join('|', Enumerable.Range(0, 10).Select(static i => $"Ping {i}"))),
    ];

    private static IEnumerable<KeyValuePair<string, (Func<bool, byte[]>, string)>> ReservedBits =>
    [
        .. new[] { 0x20, 0x30, 0x60, 0x70 }.Select(bits => Fault($"3 reserved bits {bits:X} of text", m => Frames.Of(0x81 | bits, "x"u8.ToArray(), m), Broken)),
        .. new[] { 0x10, 0x20, 0x40 }.SelectMany(bits => new[] { 0x88, 0x89, 0x8A }.Select(first => Fault($"3 reserved bits {bits:X} of {first:X}", m => Frames.Of(first | bits, [], m), Broken))),
        Fault("3 reserved bit after a message", m => [.. Frames.Text("Hello", m), .. Frames.Of(0xA1, [], m)], "Text Hello|" + Broken),
    ];

    private static IEnumerable<KeyValuePair<string, (Func<bool, byte[]>, string)>> Opcodes =>
        new[] { 3, 4, 5, 6, 7, 11, 12, 13, 14, 15 }.Select(opcode => Fault($"4 opcode {opcode}", m => [.. Frames.Text("Hello", m), .. Frames.Of(0x80 | opcode, [], m)], "Text Hello|" + Broken));

    private static IEnumerable<KeyValuePair<string, (Func<bool, byte[]>, string)>> Fragmentation =>
    [
        Fault("5.1 ping in fragments", m => [.. Frames.Of(0x09, "a"u8.ToArray(), m), .. Frames.Of(0x80, "b"u8.ToArray(), m)], Broken),
        Fault("5.2 pong in fragments", m => Frames.Of(0x0A, "a"u8.ToArray(), m), Broken),
        Sound("5.3 two fragments", m => [.. Frames.Text("frag", m, false), .. Frames.More("ment", m, true)], "Text fragment"),
        Sound("5.6 ping between", m => [.. Frames.Text("frag", m, false), .. Frames.Of(0x89, "p"u8.ToArray(), m), .. Frames.More("ment", m, true)], "Ping p|Text fragment"),
        Fault("5.9 continuation of nothing", m => Frames.More("x", m, true), Broken),
        Fault("5.12 open continuation of nothing", m => Frames.More("x", m, false), Broken),
        Fault("5.15 continuation after the end", m => [.. Frames.Text("frag", m, false), .. Frames.More("ment", m, true), .. Frames.More("x", m, false)], "Text fragment|" + Broken),
        Fault("5.18 text within text", m => [.. Frames.Text("frag", m, false), .. Frames.Text("ment", m)], Broken),
        Sound("5.19 five fragments, two pings", m => [.. Frames.Text("1", m, false), .. Frames.More("2", m, false), .. Frames.Of(0x89, [], m), .. Frames.More("3", m, false), .. Frames.More("4", m, false), .. Frames.Of(0x89, [], m), .. Frames.More("5", m, true)], "Ping |Ping |Text 12345"),
    ];

    private static IEnumerable<KeyValuePair<string, (Func<bool, byte[]>, string)>> Utf8 =>
    [
        Sound("6.1 nothing in three fragments", m => [.. Frames.Text("", m, false), .. Frames.More("", m, false), .. Frames.More("", m, true)], "Text "),
        Sound("6.2 a character over every border", m => [.. "κόσμε 𝄞"u8.ToArray().SelectMany((b, i) => Frames.Of(i == 0 ? 0x01 : 0x00, [b], m)), .. Frames.More("", m, true)], "Text κόσμε 𝄞"),
        Fault("6.3 bad text", m => Frames.Of(0x81, [0xCE, 0xBA, 0xED, 0xA0, 0x80, 0x65], m), BadText),
        Fault("6.4.1 bad text before the last fragment", m => [.. Frames.Of(0x01, [0xCE, 0xBA], m), .. Frames.Of(0x00, [0xF4, 0x90, 0x80, 0x80], m)], BadText),
        Fault("6.4.3 bad text before the end of its frame", m => Frames.Of(0x81, [0xCE, 0xBA, 0xF4, 0x90, 0x80, 0x80, .. new byte[200]], m)[..^190], BadText),
        .. new[] { "F48FBFBF", "EFBFBF", "EE8080", "ED9FBF", "C280", "7F", "F0908080" }.Select(hex => Sound($"6 valid {hex}", m => Frames.Of(0x81, Convert.FromHexString(hex), m), "Text " + Encoding.UTF8.GetString(Convert.FromHexString(hex)))),
        .. new[] { "F4908080", "EDA080", "EDBFBF", "C0AF", "E080AF", "F08080AF", "80", "BF", "C0", "F8888080", "FE", "FF", "CE", "F09D84" }.Select(hex => Fault($"6 invalid {hex}", m => Frames.Of(0x81, Convert.FromHexString(hex), m), BadText)),
    ];

    private static IEnumerable<KeyValuePair<string, (Func<bool, byte[]>, string)>> Closing =>
    [
        Fault("7.1 what follows a close is not heard", m => [.. Frames.Close(1000, "", m), .. Frames.Text("late", m), .. Frames.Of(0x89, [], m)], "Close 1000 "),
        Fault("7.1.5 close within a message", m => [.. Frames.Text("frag", m, false), .. Frames.Close(1000, "", m), .. Frames.More("ment", m, true)], "Close 1000 "),
        Fault("7.3.1 without a code", m => Frames.Of(0x88, [], m), "Close 1005 "),
        Fault("7.3.2 half a code", m => Frames.Of(0x88, [3], m), Broken),
        Fault("7.3.5 longest reason", m => Frames.Close(1000, new string('.', 123), m), "Close 1000 " + new string('.', 123)),
        Fault("7.3.6 reason too long", m => Frames.Close(1000, new string('.', 124), m), Broken),
        Fault("7.5 reason that is no text", m => Frames.Of(0x88, [0x03, 0xE8, 0xCE], m), BadText),
        .. new[] { 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999 }.Select(code => Fault($"7.7 code {code}", m => Frames.Close(code, "", m), $"Close {code} ")),
        .. new[] { 0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535 }.Select(code => Fault($"7.9 code {code}", m => Frames.Close(code, "", m), Broken)),
    ];

    private static IEnumerable<KeyValuePair<string, (Func<bool, byte[]>, string)>> Limits =>
    [
        Sound("9.1 the longest message", m => Frames.Text(Words(1 << 20), m), "Text " + Words(1 << 20)),
        Sound("9.3 the longest message in pieces of 64", m => InPieces(Words(1 << 20), 64, m), "Text " + Words(1 << 20)),
        Sound("10.1 pieces of 1300", m => InPieces(Words(65536), 1300, m), "Text " + Words(65536)),
        Fault("9 a message too long", m => Frames.Text(Words((1 << 20) + 1), m), TooLong),
        Fault("9 a length beyond all", m => Frames.Head(0x82, [127, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [], m), TooLong),
        Sound("9.7 many small ones", m => [.. Enumerable.Range(0, 500).SelectMany(_ => Frames.Text("tick", m))], string.Join('|', Enumerable.Repeat("Text tick", 500))),
    ];

    /// <summary>Where compression was agreed on; elsewhere its bit is a reserved one.</summary>
    private static IEnumerable<KeyValuePair<string, (Func<bool, byte[]>, string)>> Deflated =>
    [
        .. new[] { 16, 64, 256, 1024, 4096, 16384, 65536, 1 << 18 }.Select(length => Sound($"12 deflated text of {length}", m => Frames.Of(0xC1, Coded.Alone(Encoding.UTF8.GetBytes(Words(length))), m), "Text " + Words(length))),
        Sound("12 with the window of the message before", m => Twice(Words(3000), m), $"Text {Words(3000)}|Text {Words(3000)}"),
        Sound("13 deflated in fragments", m => InPieces(Coded.Alone(Encoding.UTF8.GetBytes(Words(5000))), 100, (0xC1, m)), "Text " + Words(5000)),
        Sound("13 deflated binary", m => Frames.Of(0xC2, Coded.Alone(Encoding.UTF8.GetBytes(Words(5000))), m), "Binary " + Words(5000)),
        Fault("13 not deflate", m => Frames.Of(0xC1, [0xFF, 0xFF, 0xFF, 0xFF], m), "Close 1007 uninspectable.corrupt-encoding"),
        Sound("13 what repeats itself", m => Frames.Of(0xC1, Coded.Alone(Encoding.ASCII.GetBytes(new string('a', 1 << 20))), m), "Text " + new string('a', 1 << 20)),
        Fault("13 a bomb", m => Frames.Of(0xC1, Coded.Alone(new byte[1 << 23]), m), TooLong),
        Fault("13 deflated continuation", m => [.. Frames.Text("a", m, false), .. Frames.Of(0xC0, [0], m)], Broken),
    ];

    /// <summary>A case that goes on; the close that ends it is heard too.</summary>
    private static KeyValuePair<string, (Func<bool, byte[]>, string)> Sound(string name, Func<bool, byte[]> sends, string heard) =>
        new(name, (m => [.. sends(m), .. Frames.Close(1000, "", m)], heard + "|Close 1000 "));

    /// <summary>A case that ends the conversation by itself.</summary>
    private static KeyValuePair<string, (Func<bool, byte[]>, string)> Fault(string name, Func<bool, byte[]> sends, string heard) => new(name, (sends, heard));

    private static string Words(int length)
    {
        var text = new StringBuilder(length + 16);
        for (var i = 0; text.Length < length; i++)
        {
            text.Append("a green bush ").Append((char)('a' + (i * i % 23))).Append(i % 7).Append('\n');
        }

        return text.ToString(0, length);
    }

    private static byte[] Twice(string text, bool masked)
    {
        using var coded = new Coded();
        return [.. Frames.Of(0xC1, coded.Next(Encoding.UTF8.GetBytes(text)), masked), .. Frames.Of(0xC1, coded.Next(Encoding.UTF8.GetBytes(text)), masked)];
    }

    private static byte[] InPieces(string text, int size, bool masked) => InPieces(Encoding.UTF8.GetBytes(text), size, (0x81, masked));

    private static byte[] InPieces(byte[] payload, int size, (int First, bool Masked) kind)
    {
        var chunks = payload.Chunk(size).ToArray();
        return [.. chunks.SelectMany((chunk, i) => Frames.Of((i == 0 ? kind.First & 0x7F : 0) | (i == chunks.Length - 1 ? 0x80 : 0), chunk, kind.Masked))];
    }
}

using System.Text;

namespace Postern.Engine.Detection.Matching;

/// <summary>
/// How common each byte is in the kinds of text that cross the firewall. Windows and buckets are chosen by it, so it
/// decides speed and never what is found.
/// </summary>
internal static class ByteModel
{
    /// <summary>Kinds of text told apart: a sum over kinds keeps what a single average loses, that letters come together.</summary>
    public const int Kinds = 6;

    // One hex digit per printable byte, from space to tilde: log2 of its count per 65,536 bytes. Counted over the
    // documentation, libraries and web pages of a Debian 12 with Rust and Python; base64 is uniform by nature.
    private static readonly string[] s_log2PerKind =
    [
        "d4867537887499987776555455968894586978766845877772788756563656285cabbcaabc68bacca6ccca998a54442", // English
        "d6b7367677277abb9aa999989897bab3476766735701775650677554141404085c9bbca9ab68babba4bcca998875350", // HTML
        "e6889469996698a88776676666986985697889776855778886888766565767496b9aacaaab78babba7bbca888968684", // source code
        "e0c310044412a7997665545443a19490086878834764867674888766253767160b8aac99ab47aabba7bbca888979090", // JSON
        "a9a75195bb78b7b79865342233995b68275778755753777772787536333979572b9baca9ac68b9cba5cbcb98897a9a2", // minified JavaScript
        "00000000000a000aaaaaaaaaaa0007000aaaaaaaaaaaaaaaaaaaaaaaaaa000000aaaaaaaaaaaaaaaaaaaaaaaaaa0000", // base64
    ];

    // Line ends are near 1 in 50 in text and rare in minified code; bytes of UTF-8 sequences are spread thin.
    private const float LineFeed = 0.02f;
    private const float NonAscii = 0.0001f;
    private const float Floor = 4f / 65536f;

    /// <summary>The share of each byte in each kind: index kind * 256 + byte.</summary>
    public static float[] Shares()
    {
        var shares = new float[Kinds * 256];
        for (var kind = 0; kind < Kinds; kind++)
        {
            Fill(shares.AsSpan(kind * 256, 256), Encoding.ASCII.GetBytes(s_log2PerKind[kind]));
        }

        return shares;
    }

    private static void Fill(Span<float> share, ReadOnlySpan<byte> log2)
    {
        share.Fill(Floor);
        share[128..].Fill(NonAscii);
        share['\n'] = LineFeed;
        for (var i = 0; i < log2.Length; i++)
        {
            var digit = log2[i] <= '9' ? log2[i] - '0' : log2[i] - 'a' + 10;
            share[' ' + i] = Math.Max(Floor, (1 << digit) / 65536f);
        }
    }
}

using System.Text;

namespace Postern.Engine.Tests.Views;

/// <summary>Encoders, written apart from the decoders they test.</summary>
internal static class Coat
{
    private const string Base32Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static string Base32(byte[] bytes)
    {
        var bits = string.Concat(bytes.Select(b => Convert.ToString(b, 2).PadLeft(8, '0')));
        var text = new StringBuilder();
        for (var i = 0; i < bits.Length; i += 5)
        {
            text.Append(Base32Alphabet[Convert.ToInt32(bits[i..Math.Min(i + 5, bits.Length)].PadRight(5, '0'), 2)]);
        }

        return text.Append('=', (8 - (text.Length % 8)) % 8).ToString();
    }

    public static string Percent(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(b => $"%{b:X2}"));

    public static string Layers(string text, int layers)
    {
        text = Percent(text);
        for (var i = 1; i < layers; i++)
        {
            text = text.Replace("%", "%25", StringComparison.Ordinal);
        }

        return text;
    }

    public static string Wrap(string text, int width, string lineBreak) =>
        string.Join(lineBreak, text.Chunk(width).Select(c => new string(c)));

    public static string Join(string text, string delimiter, int size = 2) =>
        string.Join(delimiter, text.Chunk(size).Select(c => new string(c)));

    public static string Fullwidth(string text) => string.Concat(text.Select(c => (char)(c + 0xFEE0)));

    public static string Mathematical(string text) =>
        string.Concat(text.Select(c => char.IsAsciiDigit(c) ? char.ConvertFromUtf32(0x1D7CE + c - '0') : char.ConvertFromUtf32(0x1D400 + c - 'A')));

    public static string Tags(string text) => string.Concat(text.Select(c => char.ConvertFromUtf32(0xE0000 + c)));

    public static string Selectors(string text) =>
        string.Concat(Encoding.UTF8.GetBytes(text).Select(b => char.ConvertFromUtf32(b < 16 ? 0xFE00 + b : 0xE0100 + b - 16)));

    /// <summary>Bytes without structure, the same every time.</summary>
    public static byte[] Noise(int count, uint seed = 1)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++)
        {
            seed = (seed * 1664525) + 1013904223;
            bytes[i] = (byte)(seed >> 24);
        }

        return bytes;
    }
}

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

    public const string Ascii85 = "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstu";
    public const string Rfc1924 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
    public const string Z85 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";

    public static string Base58(byte[] bytes)
    {
        const string Digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        var number = new System.Numerics.BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        var text = new StringBuilder();
        for (; number > 0; number /= 58)
        {
            text.Insert(0, Digits[(int)(number % 58)]);
        }

        return text.ToString();
    }

    public static string Base85(string text, string alphabet)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var coded = new StringBuilder();
        for (var at = 0; at < bytes.Length; at += 4)
        {
            byte[] group = [.. bytes.Skip(at).Take(4), 0, 0, 0];
            var number = ((long)group[0] << 24) | ((long)group[1] << 16) | ((long)group[2] << 8) | group[3];
            var digits = new char[5];
            for (var i = 4; i >= 0; i--, number /= 85)
            {
                digits[i] = alphabet[(int)(number % 85)];
            }

            coded.Append(digits, 0, Math.Min(4, bytes.Length - at) + 1);
        }

        return coded.ToString();
    }

    public static byte[] Compress(string text, Func<Stream, Stream> open)
    {
        var output = new MemoryStream();
        using (var stream = open(output))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return output.ToArray();
    }

    public static string Reverse(string text) => string.Concat(text.Reverse());

    public static string Rot13(string text) => string.Concat(text.Select(c =>
        char.IsAsciiLetterLower(c) ? (char)('a' + ((c - 'a' + 13) % 26)) : char.IsAsciiLetterUpper(c) ? (char)('A' + ((c - 'A' + 13) % 26)) : c));

    /// <summary>The text with something put between its halves.</summary>
    public static string Cut(string text, string between) => text[..(text.Length / 2)] + between + text[(text.Length / 2)..];
}

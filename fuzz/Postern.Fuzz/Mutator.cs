using System.Buffers.Binary;

namespace Postern.Fuzz;

/// <summary>Makes new inputs of old ones, the same ones for the same seed.</summary>
internal sealed class Mutator(int seed)
{
    /// <summary>Longest input: long enough for every structure, short enough for thousands of runs a second.</summary>
    public const int MaxBytes = 4096;

    private static readonly byte[][] s_words =
    [
        .. ((string[])
        [
            "\r\n", "\r\n\r\n", "\n\n", "\0", ":", "::", "%", "%25", "%00", "%2e%2e%2f", "://", "@", "[", "]", "\\", "\\u0000", "\\ud800", "&#x", "&amp;", "--", "==",
            "\"", "{", "}", "{\"", "\":", "[]", "1e999", "-0", "data:", "event:", "id:", "retry:", "0x", "xn--", ".", "..", "\u200b", "\ufeff", "\u0301", "\u2028",
            "Content-Type:", "Content-Disposition: form-data; name=\"", "boundary=", "base64,", "=?utf-8?q?", "ghp_", "AKIA", "- ", ": ", "&a ", "*a", "|\n", "<<: ", "<!--", "-->", "<script>",
        ]).Select(System.Text.Encoding.UTF8.GetBytes),
        [0xff, 0xff, 0xff, 0xff], [0x7f, 0xff, 0xff, 0xff], [0x80, 0, 0, 0], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xc0, 0x80],
    ];

    private readonly Random _random = new(seed);

    /// <summary>One to eight changes to a copy of <paramref name="input"/>, pieces of <paramref name="other"/> among them.</summary>
    public byte[] Mutate(byte[] input, byte[] other)
    {
        var bytes = new List<byte>(input);
        for (var changes = 1 << _random.Next(4); changes > 0; changes--)
        {
            Change(bytes, other);
        }

        return [.. bytes.Take(MaxBytes)];
    }

    /// <summary>An index below <paramref name="count"/>, later ones more often: what was found last leads furthest.</summary>
    public int Choose(int count) => Math.Max(_random.Next(count), _random.Next(count));

    private void Change(List<byte> bytes, byte[] other)
    {
        var at = _random.Next(bytes.Count + 1);
        var length = Math.Min(bytes.Count - at, 1 << _random.Next(8));
        switch (_random.Next(9))
        {
            case 0 when length > 0:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when length > 0:
                bytes[at] = (byte)_random.Next(256);
                break;
            case 2 when length > 0:
                bytes[at] += (byte)_random.Next(-8, 9);
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 5 when other.Length > 0:
                var from = _random.Next(other.Length);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + (1 << _random.Next(8)))]);
                break;
            case 6:
                bytes.InsertRange(at, s_words[_random.Next(s_words.Length)]);
                break;
            case 7 when length >= 2:
                Span<byte> number = stackalloc byte[2];
                BinaryPrimitives.WriteUInt16BigEndian(number, (ushort)(bytes.Count + _random.Next(-2, 3)));
                (bytes[at], bytes[at + 1]) = (number[0], number[1]);
                break;
            default:
                bytes.InsertRange(at, Enumerable.Repeat(bytes.Count > 0 ? bytes[_random.Next(bytes.Count)] : (byte)' ', 1 << _random.Next(9)));
                break;
        }
    }
}

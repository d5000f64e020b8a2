using System.Numerics;

namespace Postern.Engine.Detection.Shapes;

/// <summary>A set of ASCII characters, one bit each.</summary>
internal readonly record struct Alphabet(ulong Low, ulong High)
{
    private static readonly (string Name, string Ranges)[] s_named =
    [
        ("digits", "0-9"),
        ("hex", "0-9a-f"),
        ("upper-hex", "0-9A-F"),
        ("any-hex", "0-9a-fA-F"),
        ("letters", "a-zA-Z"),
        ("base62", "0-9a-zA-Z"),
        ("lower-alnum", "0-9a-z"),
        ("quote", "\"'`\\\\"),
        ("upper-alnum", "0-9A-Z"),
        ("word", "0-9a-zA-Z_"),
        ("alnum-dash", "0-9a-zA-Z-"),
        ("alnum-dash-underscore", "0-9a-zA-Z_-"),
        ("base64", "0-9a-zA-Z+/"),
        ("base64url", "0-9a-zA-Z_-"),
        ("base64-any", "0-9a-zA-Z+/_-"),
        ("base32", "A-Z2-7"),
        ("lower-base32", "a-z2-7"),
        ("base58", "1-9A-HJ-NP-Za-km-z"),
        ("bech32-upper", "02-9AC-HJ-NP-Z"),
        ("printable", "!-~"),
    ];

    public void Write(BinaryWriter writer)
    {
        writer.Write(Low);
        writer.Write(High);
    }

    public static Alphabet Read(BinaryReader reader) => new(reader.ReadUInt64(), reader.ReadUInt64());

    /// <summary>The names a rule may use, for messages.</summary>
    public static string KnownNames => string.Join(", ", s_named.Select(n => n.Name));

    /// <summary>True when <paramref name="value"/> is in the set; bytes outside ASCII never are.</summary>
    public bool Contains(byte value) => value < 64
        ? (Low >> value & 1) != 0
        : value < 128 && (High >> (value - 64) & 1) != 0;

    /// <summary>How many characters are in the set.</summary>
    public int Count => BitOperations.PopCount(Low) + BitOperations.PopCount(High);

    /// <summary>How many characters are in both sets.</summary>
    public int CountIn(Alphabet other) => new Alphabet(Low & other.Low, High & other.High).Count;

    public bool Overlaps(Alphabet other) => (Low & other.Low) != 0 || (High & other.High) != 0;

    /// <summary>The set without some characters.</summary>
    public Alphabet Without(ReadOnlySpan<char> characters)
    {
        var (low, high) = (Low, High);
        foreach (var c in characters)
        {
            if (c < 64)
            {
                low &= ~(1UL << c);
            }
            else
            {
                high &= ~(1UL << (c - 64));
            }
        }

        return new Alphabet(low, high);
    }

    /// <summary>The first or the last bytes of <paramref name="literals"/>; null when one of them is not ASCII.</summary>
    public static Alphabet? OfEdges(byte[][] literals, bool last, bool ignoreCase)
    {
        var set = default(Alphabet);
        foreach (var literal in literals)
        {
            var edge = (char)(last ? literal[^1] : literal[0]);
            if (!char.IsAscii(edge))
            {
                return null;
            }

            set = set.With(edge);
            if (ignoreCase && char.IsAsciiLetter(edge))
            {
                set = set.With((char)(edge ^ 0x20));
            }
        }

        return set;
    }

    public static bool TryNamed(string name, out Alphabet alphabet)
    {
        foreach (var (known, ranges) in s_named)
        {
            if (known == name)
            {
                return TryRanges(ranges, out alphabet);
            }
        }

        alphabet = default;
        return false;
    }

    /// <summary>Reads <c>a-z0-9_-</c>: single characters and ranges; a dash is itself at either end; a backslash takes the next character as it is.</summary>
    public static bool TryRanges(ReadOnlySpan<char> ranges, out Alphabet alphabet)
    {
        alphabet = default;
        var at = 0;
        while (at < ranges.Length)
        {
            if (!TryTake(ranges, ref at, out var first))
            {
                return false;
            }

            var last = first;
            if (at + 1 < ranges.Length && ranges[at] == '-')
            {
                at++;
                if (!TryTake(ranges, ref at, out last) || last < first)
                {
                    return false;
                }
            }

            for (var c = first; c <= last; c++)
            {
                alphabet = alphabet.With(c);
            }
        }

        return alphabet != default;
    }

    private static bool TryTake(ReadOnlySpan<char> text, ref int at, out char taken)
    {
        taken = text[at++];
        if (taken == '\\')
        {
            if (at == text.Length)
            {
                return false;
            }

            taken = text[at++];
        }

        return taken is >= ' ' and <= '~';
    }

    private Alphabet With(char c) => c < 64 ? this with { Low = Low | 1UL << c } : this with { High = High | 1UL << (c - 64) };
}

using System.Buffers;

namespace Postern.Engine.Detection.Shapes;

/// <summary>
/// Tells what a machine drew by lot from what a person wrote. Letter pairs do that wherever letters prevail; where letters and
/// digits take turns all the time, as in hexadecimal text, the turns themselves do.
/// </summary>
internal static class ValueRarity
{
    /// <summary>From this length on letter pairs vary less, and the longest threshold holds.</summary>
    private const int Long = 24;

    /// <summary>Below this length a few unusual pairs are chance.</summary>
    private const int Short = 16;

    private const double LongScore = -4.8;
    private const double MiddleScore = -5.0;
    private const double ShortScore = -5.8;

    /// <summary>Changes between letter and digit; identifiers with a version or a date in them have fewer.</summary>
    private const int Turns = 4;

    private const int Digits = 6;

    private const int UlidLength = 26;

    private static readonly SearchValues<byte> s_ulid = SearchValues.Create("0123456789ABCDEFGHJKMNPQRSTVWXYZ"u8);

    /// <summary>True when <paramref name="value"/> is as improbable as a random one.</summary>
    public static bool IsRare(ReadOnlySpan<byte> value)
    {
        var atMost = value.Length >= Long ? LongScore : value.Length >= Short ? MiddleScore : ShortScore;
        return !IsUuid(value) && !EndsWithUlid(value) && (LetterPairs.Score(value) <= atMost || (value.Length >= Short && TakesTurns(value)));
    }

    /// <summary>UUIDs are random and name things; whether one is a key depends on who says so.</summary>
    private static bool IsUuid(ReadOnlySpan<byte> value) =>
        value.Length == 36 && value[8] == (byte)'-' && value[13] == (byte)'-' && value[18] == (byte)'-' && value[23] == (byte)'-';

    /// <summary>A ULID, alone or behind a prefix (<c>usr_01…</c>), names things as a UUID does: ten characters of time, sixteen by lot.</summary>
    private static bool EndsWithUlid(ReadOnlySpan<byte> value)
    {
        var start = value.Length - UlidLength;
        return start >= 0 && value[start..].StartsWith("01"u8) && !value[start..].ContainsAnyExcept(s_ulid)
            && (start == 0 || value[start - 1] is (byte)'_' or (byte)'-');
    }

    private static bool TakesTurns(ReadOnlySpan<byte> value)
    {
        var (turns, digits) = (0, 0);
        for (var i = 0; i < value.Length; i++)
        {
            var isDigit = char.IsAsciiDigit((char)value[i]);
            digits += isDigit ? 1 : 0;
            if (i > 0 && ((isDigit && char.IsAsciiLetter((char)value[i - 1])) || (char.IsAsciiLetter((char)value[i]) && char.IsAsciiDigit((char)value[i - 1]))))
            {
                turns++;
            }
        }

        return turns >= Turns && digits >= Digits;
    }
}

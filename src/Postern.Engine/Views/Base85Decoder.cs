using System.Buffers;

namespace Postern.Engine.Views;

/// <summary>
/// Base85: Adobe's ascii85, RFC 1924 as Git and Python have it, and Z85. A word is tried from its beginning and from after the
/// first delimiters in it, in each alphabet, as long as what comes out is text.
/// </summary>
internal static class Base85Decoder
{
    private const int InUnit = 5;
    private const int OutUnit = 4;
    private const int MinWord = 20;
    private const int MinText = 16;
    private const int MaxStarts = 5;

    /// <summary>The first digits of groups that begin with a printable byte: 0x20 and 0x7E, each times 256³, divided by 85⁴.</summary>
    private const int MinLead = 10;

    private const int MaxLead = 40;
    private const uint Base = 85;

    /// <summary>The same for tab, line feed and carriage return, which later groups may begin with.</summary>
    private const int MinBreakLead = 2;

    private const int MaxBreakLead = 4;

    /// <summary>Above the alphabets in which a character may begin the first group stand those in which it may begin another.</summary>
    private const int Later = 4;

    // What stands before a value; the bracket and the tilde open ascii85.
    private static readonly SearchValues<byte> s_delimiters = SearchValues.Create("\"'=:<~"u8);

    private static readonly sbyte[][] s_alphabets =
    [
        Ascii.ValuesIn([.. Enumerable.Range('!', (int)Base).Select(b => (byte)b)]),
        Ascii.ValuesIn("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"u8),
        Ascii.ValuesIn("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"u8),
    ];

    private static readonly byte[] s_leads = Leads();

    public static void Decode(ReadOnlySpan<byte> input, Level parent, Level output)
    {
        foreach (var word in parent.Words.Items)
        {
            if (word.Length >= MinWord && !output.Overflowed && parent.IsNew(word.Start, word.End))
            {
                ReadWord(input, word, parent, output);
            }
        }
    }

    private static void ReadWord(ReadOnlySpan<byte> input, ByteRange word, Level parent, Level output)
    {
        var start = word.Start;
        for (var i = 0; i < MaxStarts && word.End - start >= MinWord; i++)
        {
            var ways = Ways(input.Slice(start, MinWord));
            for (var way = 0; ways >> way != 0; way++)
            {
                if ((ways >> way & 1) != 0 && Read(input, word with { Start = start }, s_alphabets[way], parent, output))
                {
                    return;
                }
            }

            var next = input[start..word.End].IndexOfAny(s_delimiters);
            if (next < 0)
            {
                return;
            }

            start += next + 1;
        }
    }

    // The alphabets in which each of the first four groups could begin with text: fewer would not be enough of it.
    private static int Ways(ReadOnlySpan<byte> word) =>
        s_leads[word[0]] & (s_leads[word[InUnit]] & s_leads[word[2 * InUnit]] & s_leads[word[3 * InUnit]]) >> Later;

    private static bool Read(ReadOnlySpan<byte> input, ByteRange word, sbyte[] values, Level parent, Level output)
    {
        Span<byte> group = stackalloc byte[OutUnit];
        if (Group(input, word.Start, values, group) == 0 || Group(input, word.Start + InUnit, values, group) == 0)
        {
            return false;
        }

        var decoded = parent.WorkOf(word.Length + OutUnit);
        var count = 0;
        var at = word.Start;
        for (; at + InUnit <= word.End && Group(input, at, values, decoded[count..]) != 0; at += InUnit)
        {
            count += OutUnit;
        }

        var rest = Math.Min(InUnit - 1, word.End - at);
        count += Rest(input.Slice(at, rest), values, decoded[count..]);
        if (count < MinText)
        {
            return false;
        }

        output.Separate();
        output.PutUnits(decoded[..count], new ByteRange(word.Start, Math.Min(word.End, at + rest)), OutUnit, InUnit);
        output.Separate();
        return true;
    }

    // Four bytes of text, or nothing.
    private static int Group(ReadOnlySpan<byte> input, int at, sbyte[] values, Span<byte> to)
    {
        ulong number = 0;
        for (var i = 0; i < InUnit; i++)
        {
            var value = values[input[at + i]];
            if (value < 0)
            {
                return 0;
            }

            number = (number * Base) + (uint)value;
        }

        if (number > uint.MaxValue)
        {
            return 0;
        }

        for (var i = 0; i < OutUnit; i++)
        {
            var b = (byte)(number >> (8 * (OutUnit - 1 - i)));
            if (b is (< 0x20 or >= 0x7F) and not ((byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return 0;
            }

            to[i] = b;
        }

        return OutUnit;
    }

    // A last group of n characters stands for n - 1 bytes; text ends with the first that is none.
    private static int Rest(ReadOnlySpan<byte> rest, sbyte[] values, Span<byte> to)
    {
        ulong number = 0;
        var known = 0;
        for (var i = 0; i < InUnit; i++)
        {
            var value = known == i && i < rest.Length ? values[rest[i]] : (sbyte)-1;
            known += value < 0 ? 0 : 1;
            number = (number * Base) + (value < 0 ? Base - 1 : (uint)value);
        }

        var count = 0;
        while (count < known - 1 && (byte)(number >> (8 * (OutUnit - 1 - count))) is >= 0x20 and < 0x7F and var b)
        {
            to[count++] = b;
        }

        return count;
    }

    private static byte[] Leads()
    {
        var leads = new byte[256];
        for (var way = 0; way < s_alphabets.Length; way++)
        {
            for (var b = 0; b < leads.Length; b++)
            {
                var isText = s_alphabets[way][b] is >= MinLead and <= MaxLead;
                leads[b] |= (byte)((isText ? 1 << way : 0) | (isText || s_alphabets[way][b] is >= MinBreakLead and <= MaxBreakLead ? 1 << way + Later : 0));
            }
        }

        return leads;
    }
}

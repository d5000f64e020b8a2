using System.Text;
using Postern.Engine.Detection.Rules;

namespace Postern.Engine.Detection.Injection;

/// <summary>One word of a phrase, or one character in scripts without spaces.</summary>
/// <param name="Text">UTF-8.</param>
/// <param name="Prefix">True when words that only begin with the text match as well; on a character, that it ends what is searched for.</param>
/// <param name="ExactCase">True when letters must have the case that is written.</param>
internal readonly record struct PhraseWord(byte[] Text, bool Prefix, bool ExactCase)
{
    public bool Matches(ReadOnlySpan<byte> unit)
    {
        if (unit.Length != Text.Length && !(Prefix && unit.Length > Text.Length))
        {
            return false;
        }

        var head = unit[..Text.Length];
        return head.SequenceEqual(Text) || (!ExactCase && IsSame(head, Text));
    }

    /// <summary>Equal but for the case of ASCII letters. Other than <see cref="Ascii"/>'s own comparison, for words that mix them with other letters.</summary>
    public static bool IsSame(ReadOnlySpan<byte> word, ReadOnlySpan<byte> other)
    {
        if (word.Length != other.Length)
        {
            return false;
        }

        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] != other[i] && ((word[i] ^ other[i]) != 0x20 || !char.IsAsciiLetter((char)word[i])))
            {
                return false;
            }
        }

        return true;
    }

    public void Write(BinaryWriter writer)
    {
        writer.WriteString(Text);
        writer.Write((byte)((Prefix ? 1 : 0) | (ExactCase ? 2 : 0)));
    }

    public static PhraseWord Read(BinaryReader reader)
    {
        var text = TableLists.ReadString(reader);
        var flags = reader.ReadByte();
        return new PhraseWord(text, (flags & 1) != 0, (flags & 2) != 0);
    }
}

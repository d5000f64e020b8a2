using System.Text;

namespace Postern.Engine.Detection.Injection;

/// <summary>One word of a phrase, or one character in scripts without spaces.</summary>
/// <param name="Text">UTF-8.</param>
/// <param name="Prefix">True when words that only begin with the text match as well.</param>
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
        return head.SequenceEqual(Text) || (!ExactCase && Ascii.EqualsIgnoreCase(head, Text));
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write((byte)Text.Length);
        writer.Write(Text);
        writer.Write((byte)((Prefix ? 1 : 0) | (ExactCase ? 2 : 0)));
    }

    public static PhraseWord Read(BinaryReader reader)
    {
        var text = reader.ReadBytes(reader.ReadByte());
        var flags = reader.ReadByte();
        return new PhraseWord(text, (flags & 1) != 0, (flags & 2) != 0);
    }
}

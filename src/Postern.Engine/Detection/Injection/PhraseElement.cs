using Postern.Engine.Detection.Rules;

namespace Postern.Engine.Detection.Injection;

/// <summary>One element of a phrase: a choice of word sequences, or a gap of so many words when there is no choice.</summary>
/// <param name="Choices">The word sequences; empty for a gap.</param>
/// <param name="Min">Least number of words in a gap; for a choice 0 when it is optional, else 1.</param>
/// <param name="Max">Greatest number of words in a gap; 1 for a choice.</param>
internal sealed record PhraseElement(PhraseWord[][] Choices, int Min, int Max)
{
    private readonly WordSieve _firsts = WordSieve.Of(Choices, backward: false);
    private readonly WordSieve _lasts = WordSieve.Of(Choices, backward: true);

    public bool IsGap => Choices.Length == 0;

    /// <summary>False when no choice begins (read backward: ends) with the unit; true when they must be compared.</summary>
    public bool MayMeet(ReadOnlySpan<byte> unit, bool backward) => (backward ? _lasts : _firsts).Passes(unit);

    public void Write(BinaryWriter writer)
    {
        writer.WriteFew(Choices, static (to, choice) => to.WriteFew(choice, static (to, word) => word.Write(to)));
        writer.Write((byte)Min);
        writer.Write((byte)Max);
    }

    public static PhraseElement Read(BinaryReader reader) =>
        new(reader.ReadFew(static from => from.ReadFew(PhraseWord.Read)), reader.ReadByte(), reader.ReadByte());
}

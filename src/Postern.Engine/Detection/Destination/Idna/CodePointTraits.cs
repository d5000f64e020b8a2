namespace Postern.Engine.Detection.Destination.Idna;

/// <summary>One word of the table: everything that canonical host names need to know of a code point.</summary>
internal readonly record struct CodePointTraits(uint Packed)
{
    /// <summary>The canonical combining class of a virama, which permits joiners after it.</summary>
    public const int Virama = 9;

    public IdnaStatus Status => (IdnaStatus)(Packed & 3);

    public bool IsMark => (Packed & 4) != 0;

    public BidiClass Bidi => (BidiClass)((Packed >> 3) & 15);

    public JoiningType Joining => (JoiningType)((Packed >> 7) & 7);

    public int CombiningClass => (int)((Packed >> 10) & 255);
}

namespace Postern.Engine.Detection.Destination.Idna;

/// <summary>The bidirectional classes that RFC 5893 speaks of; the numbers are those of the table.</summary>
internal enum BidiClass : byte
{
    OtherNeutral = 0,
    Left = 1,
    Right = 2,
    ArabicLetter = 3,
    ArabicNumber = 4,
    EuropeanNumber = 5,
    EuropeanSeparator = 6,
    CommonSeparator = 7,
    EuropeanTerminator = 8,
    BoundaryNeutral = 9,
    NonspacingMark = 10,
}

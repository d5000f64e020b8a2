namespace Postern.Engine.Detection.Destination.Idna;

/// <summary>How a letter joins its neighbours (for the zero width non-joiner, RFC 5892 A.1); the numbers are those of the table.</summary>
internal enum JoiningType : byte
{
    NonJoining = 0,
    Left = 1,
    Right = 2,
    Dual = 3,
    Transparent = 4,
    Causing = 5,
}

namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>Keys of the lexicon.</summary>
internal static class Lexicons
{
    /// <summary>Mixed into the key of a beginning, so that a whole word and a beginning with the same letters stay apart.</summary>
    public const uint Beginning = 0x5EED5EED;
}

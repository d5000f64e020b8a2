namespace Postern.Engine.Editing;

/// <summary>Bytes of a message, and what stands in their place afterwards.</summary>
/// <param name="Start">First byte, in the message.</param>
/// <param name="End">One after the last.</param>
/// <param name="By">The new bytes; empty to cut.</param>
internal readonly record struct Edit(int Start, int End, byte[] By)
{
    /// <summary>How much longer the message becomes.</summary>
    public int Growth => By.Length - (End - Start);
}

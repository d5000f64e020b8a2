namespace Postern.Engine.Detection.Matching;

/// <summary>One vector width of the prefilter. Implementations are empty structs, so that each gets code of its own.</summary>
internal interface ILanes
{
    /// <summary>Positions tested at once.</summary>
    static abstract int Width { get; }

    /// <summary>
    /// The positions from <paramref name="text"/> on where some bucket accepts the window, lowest bit first. Reads
    /// <see cref="Width"/> + 3 bytes of text, and per group what <see cref="WidenedMasks"/> holds for the width.
    /// </summary>
    static abstract ulong Candidates(ref byte text, ref byte masks, int groups);
}

namespace Postern.Engine.Views;

/// <summary>
/// Where a stretch of a view came from. <paramref name="OutUnit"/> bytes of the view stand for
/// <paramref name="InUnit"/> bytes of its parent: 1 and 1 for copied text, 3 and 4 for base64; a whole stretch that
/// cannot be divided has its own lengths as units.
/// </summary>
internal readonly record struct Origin(int OutStart, int OutLength, int InStart, int InLength, int OutUnit, int InUnit)
{
    public int OutEnd => OutStart + OutLength;

    /// <summary>The first parent byte that a view byte at <paramref name="offset"/> depends on.</summary>
    public int First(int offset) => InStart + Math.Min(InLength, Math.Max(0, offset - OutStart) / OutUnit * InUnit);

    /// <summary>The end of the parent bytes that the view bytes before <paramref name="end"/> depend on.</summary>
    public int End(int end) => InStart + Math.Min(InLength, (Math.Min(OutLength, end - OutStart) + OutUnit - 1) / OutUnit * InUnit);
}

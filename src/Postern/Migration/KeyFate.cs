namespace Postern.Program.Migration;

/// <summary>One line of what an import says. Never a value: that may be a secret.</summary>
/// <param name="Key">The key as the file has it, items by their number.</param>
/// <param name="Line">Its line there; 0 when it is not there.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="To">The key here; empty for none.</param>
/// <param name="Why">What there is to say; empty for nothing.</param>
internal sealed record KeyFate(string Key, int Line, Fate Fate, string To, string Why)
{
    /// <summary>The word for scripts.</summary>
    public string Word => Fate switch
    {
        Fate.Kept => "kept",
        Fate.Renamed => "renamed",
        Fate.Changed => "changed",
        Fate.NotNeeded => "not-needed",
        Fate.NotExpressible => "not-expressible",
        Fate.Default => "default-written",
        Fate.Stricter => "stricter-default",
        _ => "unknown",
    };
}

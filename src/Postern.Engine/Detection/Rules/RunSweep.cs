namespace Postern.Engine.Detection.Rules;

/// <summary>
/// Finds the whole runs that rules without a literal ask for, of all alphabets in two passes: each block of text becomes one bit mask
/// per alphabet, and only a mask that holds a run which is long enough causes a branch.
/// </summary>
internal sealed class RunSweep(RunSeeker[] seekers)
{
    // Seldom more than one of short and one of long runs, but a bundle may bring any number of alphabets.
    private readonly RunGroup[] _groups =
    [
        .. Array.FindAll(seekers, static s => s.MinLength < RunGroup.LongRun).Chunk(RunGroup.MaxSeekers).Select(static g => new RunGroup(g)),
        .. Array.FindAll(seekers, static s => s.MinLength >= RunGroup.LongRun).Chunk(RunGroup.MaxSeekers).Select(static g => new RunGroup(g)),
    ];

    /// <summary>The alphabets.</summary>
    public ReadOnlySpan<RunSeeker> Seekers => seekers;

    /// <summary>Offers every run to the rules that want it.</summary>
    public void Scan(ref RuleScan scan)
    {
        foreach (var group in _groups)
        {
            group.Scan(ref scan);
        }
    }
}

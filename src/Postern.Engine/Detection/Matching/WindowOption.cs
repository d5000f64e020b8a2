namespace Postern.Engine.Detection.Matching;

/// <summary>A place where the window of a literal may be put.</summary>
/// <param name="Offset">The place, in bytes from the literal's start.</param>
/// <param name="Sets">What the prefilter must accept there.</param>
/// <param name="Rate">How often ordinary text has this window, 0 to 1.</param>
/// <param name="Crowd">The first three bytes, folded: literals with the same crowd share a slot.</param>
internal readonly record struct WindowOption(int Offset, NibbleSets Sets, float Rate, uint Crowd)
{
    private const int CommonCrowd = 4;

    /// <summary>How often a window of a common word is met: once or twice per KiB.</summary>
    private const float CommonRate = 1e-3f;

    /// <summary>
    /// The <paramref name="most"/> best places of each draft, rarest first; those whose three bytes many literals share
    /// come last, for a flood of such a window would have all of them compared at every position.
    /// </summary>
    public static WindowOption[][] For(PatternDraft[] drafts, WindowRates rates, int most)
    {
        var all = Array.ConvertAll(drafts, draft => Enumerable.Range(0, draft.Windows).Select(at => At(draft, at, rates)).ToArray());
        var sharers = all.SelectMany(options => options.DistinctBy(option => option.Crowd))
            .GroupBy(option => option.Crowd)
            .ToDictionary(group => group.Key, group => group.Count());
        return Array.ConvertAll(all, options => options
            .OrderBy(option => sharers[option.Crowd] > CommonCrowd)
            .ThenBy(option => option.Rate)
            .Take(most)
            .ToArray());
    }

    private static WindowOption At(PatternDraft draft, int offset, WindowRates rates)
    {
        var sets = draft.Sets(offset);
        var rate = rates.Of(sets) + (CommonWords.Have(draft.Key(offset), draft.KeyMask(offset)) ? CommonRate : 0);
        return new WindowOption(offset, sets, rate, (draft.Key(offset) & 0xFFFFFF) | 0x202020);
    }
}

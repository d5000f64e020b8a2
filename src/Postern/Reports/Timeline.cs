using Postern.Engine.Evidence;

namespace Postern.Program.Reports;

/// <summary>Rulings over time, in steps that people count in. Bounded: a longer time has longer steps.</summary>
internal sealed class Timeline
{
    /// <summary>Bars at most.</summary>
    public const int MaxSteps = 60;

    private static readonly TimeSpan[] s_steps =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6),
        TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromDays(30),
    ];

    private readonly SortedDictionary<DateTimeOffset, Tally> _tallies = [];

    /// <summary>How long one step is.</summary>
    public TimeSpan Step { get; private set; } = s_steps[0];

    /// <summary>Every step from the first to the last, also those in which nothing happened.</summary>
    public IEnumerable<(DateTimeOffset Start, Tally Tally)> Steps
    {
        get
        {
            if (_tallies.Count == 0)
            {
                yield break;
            }

            var last = _tallies.Keys.Max();
            for (var start = _tallies.Keys.Min(); start <= last; start += Step)
            {
                yield return (start, _tallies.GetValueOrDefault(start) ?? new Tally());
            }
        }
    }

    /// <summary>A timeline of rulings.</summary>
    public static Timeline Of(DateTimeOffset first, DateTimeOffset last) => new()
    {
        Step = Array.Find(s_steps, step => (last - first) / step < MaxSteps - 1) is var found && found > TimeSpan.Zero ? found : (last - first) / (MaxSteps - 2),
    };

    /// <summary>Counts a ruling.</summary>
    public void Add(DateTimeOffset time, in EvidenceDraft ruling)
    {
        var start = new DateTimeOffset(time.UtcTicks - (time.UtcTicks % Step.Ticks), TimeSpan.Zero);
        if (!_tallies.TryGetValue(start, out var tally))
        {
            _tallies[start] = tally = new Tally();
        }

        tally.Add(in ruling);
    }
}

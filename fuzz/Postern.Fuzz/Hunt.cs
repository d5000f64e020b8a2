using System.Diagnostics;

namespace Postern.Fuzz;

/// <summary>Runs one target until the time is over or an input breaks it.</summary>
internal sealed class Hunt(IFuzzTarget target, int seed)
{
    /// <summary>No input of at most 4 KiB may take longer; generous, because the machine may be busy.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    private byte[] _running = [];
    private readonly List<byte[]> _corpus = [.. target.Seeds];

    /// <summary>The input that broke it; null when none did.</summary>
    public byte[]? Culprit { get; private set; }

    /// <summary>How it broke; empty when it did not.</summary>
    public string Breakage { get; private set; } = string.Empty;

    /// <summary>The input that runs now, for whoever watches over the time.</summary>
    public byte[] Running => _running;

    /// <summary>Inputs run.</summary>
    public long Runs { get; private set; }

    /// <summary>Inputs kept because they led somewhere new.</summary>
    public int Kept => _corpus.Count;

    /// <summary>Runs the seeds, then mutations of what is kept.</summary>
    public void Run(TimeSpan time)
    {
        Coverage.Forget();
        foreach (var input in target.Seeds.Append([]))
        {
            if (!TryOne(input))
            {
                return;
            }
        }

        var mutator = new Mutator(seed);
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < time;)
        {
            var input = mutator.Mutate(_corpus[mutator.Choose(_corpus.Count)], _corpus[mutator.Choose(_corpus.Count)]);
            if (!TryOne(input))
            {
                return;
            }
        }
    }

    private bool TryOne(byte[] input)
    {
        Runs++;
        Coverage.Begin();
        var began = Stopwatch.GetTimestamp();
        _running = input;
        try
        {
            target.Run(input);
        }
        catch (Exception broken)
        {
            (Culprit, Breakage) = (input, broken.ToString());
            return false;
        }

        if (Stopwatch.GetElapsedTime(began) > s_longest)
        {
            (Culprit, Breakage) = (input, $"took {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s");
            return false;
        }

        if (Coverage.IsNews())
        {
            _corpus.Add(input);
        }

        return true;
    }
}

using System.Globalization;

namespace Postern.Blackbox.Tests.Soak;

/// <summary>The resident memory of a process over time.</summary>
internal sealed class ResidentMemory(int process)
{
    private readonly List<(double Minute, double MiB)> _samples = [];

    /// <summary>Notes what it is now.</summary>
    public void Sample(TimeSpan at)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(static line => line.StartsWith("VmRSS", StringComparison.Ordinal));
        _samples.Add((at.TotalMinutes, double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024));
    }

    /// <summary>How much it grows in a minute, in MiB, by least squares over the second half: the first is warming up.</summary>
    public double MiBPerMinute
    {
        get
        {
            var half = _samples[(_samples.Count / 2)..];
            var (minute, size) = (half.Average(static s => s.Minute), half.Average(static s => s.MiB));
            return half.Sum(s => (s.Minute - minute) * (s.MiB - size)) / half.Sum(s => (s.Minute - minute) * (s.Minute - minute));
        }
    }

    /// <summary>What it was last, in MiB.</summary>
    public double Last => _samples[^1].MiB;
}

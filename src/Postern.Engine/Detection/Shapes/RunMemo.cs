using System.Runtime.CompilerServices;

namespace Postern.Engine.Detection.Shapes;

/// <summary>Remembers, per alphabet, the run that was looked at last, so that a flood of hits inside one long run costs one pass over it.</summary>
internal struct RunMemo
{
    private const int Slots = 16;
    private Entries _entries;

    /// <summary>The end of the run of <paramref name="alphabet"/> that starts at <paramref name="start"/>, at most <paramref name="limit"/> bytes on.</summary>
    public int End(ReadOnlySpan<byte> text, Alphabet alphabet, int start, int limit, ref long work)
    {
        ref var known = ref _entries[SlotOf(alphabet)];
        var stop = (int)Math.Min(text.Length, (long)start + limit);
        var covered = known.Alphabet == alphabet && start >= known.Start && start < known.End;
        var at = covered ? Math.Min(known.End, stop) : start;
        var from = at;
        while (at < stop && alphabet.Contains(text[at]))
        {
            at++;
        }

        work += at - from + 1;
        if (!covered)
        {
            known = new Entry(alphabet, start, at);
        }
        else if (at > known.End)
        {
            known = known with { End = at };
        }

        return at;
    }

    private static int SlotOf(Alphabet alphabet) =>
        (int)((alphabet.Low * 0x9E3779B97F4A7C15 ^ alphabet.High * 0xC2B2AE3D27D4EB4F) >> 60);

    private readonly record struct Entry(Alphabet Alphabet, int Start, int End);

    [InlineArray(Slots)]
    private struct Entries
    {
        private Entry _first;
    }
}

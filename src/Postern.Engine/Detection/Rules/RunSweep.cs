using System.Numerics;
using System.Runtime.InteropServices;

namespace Postern.Engine.Detection.Rules;

/// <summary>
/// Finds the whole runs that rules without a literal ask for, of all alphabets in one pass: each block of text becomes one bit mask
/// per alphabet, and only a mask that holds a run which is long enough causes a branch.
/// </summary>
internal sealed class RunSweep(RunSeeker[] seekers)
{
    /// <summary>Alphabets served in one pass; more of them (a bundle may bring any number) take further passes.</summary>
    private const int PerPass = 16;

    /// <summary>The alphabets, in the order in which a place is offered to their rules.</summary>
    public ReadOnlySpan<RunSeeker> Seekers => seekers;

    /// <summary>Offers every run to the rules that want it.</summary>
    public void Scan(ref RuleScan scan)
    {
        for (var first = 0; first < seekers.Length; first += PerPass)
        {
            Pass(seekers.AsSpan(first, Math.Min(PerPass, seekers.Length - first)), ref scan);
        }
    }

    private static void Pass(ReadOnlySpan<RunSeeker> seekers, ref RuleScan scan)
    {
        var text = scan.Input.Bytes;
        // How many bytes before the block are a run that goes on.
        Span<int> open = stackalloc int[PerPass];
        open.Clear();
        var at = 0;
        for (; at <= text.Length - TextBlock.Bytes; at += TextBlock.Bytes)
        {
            Read(TextBlock.At(ref MemoryMarshal.GetReference(text[at..])), at, seekers, open, ref scan);
        }

        // Even an empty rest is read: its filler ends the runs that are still open.
        Span<byte> tail = stackalloc byte[TextBlock.Bytes];
        tail.Fill(TextBlock.Filler);
        text[at..].CopyTo(tail);
        Read(TextBlock.At(ref MemoryMarshal.GetReference(tail)), at, seekers, open, ref scan);
    }

    private static void Read(scoped in TextBlock block, int at, ReadOnlySpan<RunSeeker> seekers, scoped Span<int> open, ref RuleScan scan)
    {
        for (var i = 0; i < seekers.Length; i++)
        {
            var seeker = seekers[i];
            var members = block.Members(seeker.Table);
            var lead = BitOperations.TrailingZeroCount(~members);
            if (lead == TextBlock.Bytes)
            {
                open[i] += TextBlock.Bytes;
                continue;
            }

            if (open[i] + lead >= seeker.MinLength)
            {
                seeker.Offer(ref scan, at - open[i], at + lead);
            }

            open[i] = BitOperations.LeadingZeroCount(~members);
            var inner = members & (ulong.MaxValue << lead) & (ulong.MaxValue >> open[i]);
            for (var starts = seeker.Starts(inner); starts != 0;)
            {
                var start = BitOperations.TrailingZeroCount(starts);
                var end = start + BitOperations.TrailingZeroCount(~(inner >> start));
                seeker.Offer(ref scan, at + start, at + end);
                starts = starts >> (end - 1) >> 1 << (end - 1) << 1;
            }
        }
    }
}

using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Postern.Engine.Detection.Rules;

/// <summary>
/// Alphabets that are sought in one pass. Where all of them want long runs, a block is first asked for a long run of what any of
/// them takes, which ordinary text seldom has.
/// </summary>
internal sealed class RunGroup
{
    /// <summary>Alphabets served in one pass.</summary>
    public const int MaxSeekers = 16;

    /// <summary>From this length on a run is long; words are shorter, most of them.</summary>
    public const int LongRun = 12;

    /// <summary>The longest run that a block is asked for: of a block that is passed over, only the last bytes may have to be read again.</summary>
    private const int MaxGate = TextBlock.Bytes / 2;

    private readonly RunSeeker[] _seekers;
    private readonly Vector128<byte> _union;
    private readonly int _gateLength;

    public RunGroup(RunSeeker[] seekers)
    {
        _seekers = seekers;
        _gateLength = MaxGate;
        foreach (var seeker in seekers)
        {
            _gateLength = Math.Min(_gateLength, seeker.MinLength);
            _union |= seeker.Table;
        }
    }

    /// <summary>Offers every run to the rules that want it.</summary>
    public void Scan(ref RuleScan scan)
    {
        var text = scan.Input.Bytes;
        // How many bytes before the block are a run that goes on: of each alphabet, and of all together.
        Span<int> open = stackalloc int[MaxSeekers];
        open.Clear();
        var openUnion = 0;
        var skipped = false;
        Span<byte> tail = stackalloc byte[TextBlock.Bytes];
        // Even an empty rest is read: its filler ends the runs that are still open.
        for (var at = 0; at <= text.Length; at += TextBlock.Bytes)
        {
            scoped var rest = text[at..];
            if (rest.Length < TextBlock.Bytes)
            {
                tail.Fill(TextBlock.Filler);
                rest.CopyTo(tail);
                rest = tail;
            }

            var block = TextBlock.At(ref MemoryMarshal.GetReference(rest));
            if (_gateLength >= LongRun && !HasLongRun(block.Members(_union), ref openUnion))
            {
                skipped = true;
                continue;
            }

            if (skipped)
            {
                Reopen(TextBlock.At(ref MemoryMarshal.GetReference(text[(at - TextBlock.Bytes)..])), open);
                skipped = false;
            }

            Read(block, at, open, ref scan);
        }
    }

    private bool HasLongRun(ulong members, ref int open)
    {
        var lead = BitOperations.TrailingZeroCount(~members);
        var isLong = open + lead >= _gateLength || RunSeeker.Starts(members, _gateLength) != 0;
        open = lead == TextBlock.Bytes ? open + lead : BitOperations.LeadingZeroCount(~members);
        return isLong;
    }

    // The block before was passed over, so no run in it is long; but one that begins there may become it.
    private void Reopen(scoped in TextBlock before, Span<int> open)
    {
        for (var i = 0; i < _seekers.Length; i++)
        {
            open[i] = BitOperations.LeadingZeroCount(~before.Members(_seekers[i].Table));
        }
    }

    private void Read(scoped in TextBlock block, int at, scoped Span<int> open, ref RuleScan scan)
    {
        for (var i = 0; i < _seekers.Length; i++)
        {
            var seeker = _seekers[i];
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

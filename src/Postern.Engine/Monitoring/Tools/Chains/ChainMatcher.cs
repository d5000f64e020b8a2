using System.Diagnostics;
using System.Numerics;
using Postern.Engine.Detection.Rules;

namespace Postern.Engine.Monitoring.Tools.Chains;

/// <summary>Recognises calls that follow each other. It has no literals: no search over bytes ever calls it.</summary>
/// <param name="steps">What each call does; one of the kinds is enough.</param>
internal sealed class ChainMatcher(CallKinds[] steps) : RuleMatcher
{
    /// <summary>The longest chain.</summary>
    public const int MaxSteps = 8;

    /// <summary>Other calls between two steps; null for what the configuration says.</summary>
    public int? Gap { get; init; }

    /// <summary>Age of the first step in seconds; null for what the configuration says.</summary>
    public int? Seconds { get; init; }

    /// <summary>True when every step that writes or runs a file must be about the same one.</summary>
    public bool SameFile { get; init; }

    public override MatcherKind Kind => MatcherKind.Chain;

    public override ReadOnlySpan<RuleLiteral> Literals => [];

    /// <summary>The first call of a chain that the newest call completes; -1 when it completes none.</summary>
    /// <param name="history">The calls.</param>
    /// <param name="sets">The same by what they do.</param>
    /// <param name="configured">What holds where the chain says nothing.</param>
    /// <param name="nowMs">The time.</param>
    public int FirstOf(in CallHistory history, ReadOnlySpan<ulong> sets, in ChainBounds configured, long nowMs)
    {
        var reached = 1UL & Of(sets, steps[^1], ulong.MaxValue);
        if (reached == 0)
        {
            return -1;
        }

        var (window, seconds, gap) = configured;
        window = Gap is null && Seconds is null ? window : CallHistory.Capacity;
        seconds = Seconds ?? seconds;
        gap = Gap ?? gap;
        var within = history.Since(nowMs - (seconds * 1000L), window);
        var sameFile = SameFile ? history.SameFile() : ulong.MaxValue;
        reached &= within & Of(sets, steps[^1], sameFile);
        for (var step = steps.Length - 2; step >= 0 && reached != 0; step--)
        {
            reached = Before(reached, gap) & within & Of(sets, steps[step], sameFile);
        }

        return reached == 0 ? -1 : BitOperations.TrailingZeroCount(reached);
    }

    public override void Verify(ref RuleScan scan, in Anchor anchor) => throw new UnreachableException();

    public static ChainMatcher ReadBody(BinaryReader reader)
    {
        var (gap, seconds, sameFile) = (reader.ReadInt16(), reader.ReadInt32(), reader.ReadBoolean());
        var steps = new CallKinds[reader.ReadByte()];
        for (var i = 0; i < steps.Length; i++)
        {
            steps[i] = (CallKinds)reader.ReadUInt16();
        }

        return new ChainMatcher(steps) { Gap = gap < 0 ? null : gap, Seconds = seconds < 0 ? null : seconds, SameFile = sameFile };
    }

    protected override void WriteBody(BinaryWriter writer)
    {
        writer.Write((short)(Gap ?? -1));
        writer.Write(Seconds ?? -1);
        writer.Write(SameFile);
        writer.Write((byte)steps.Length);
        foreach (var step in steps)
        {
            writer.Write((ushort)step);
        }
    }

    private static ulong Of(ReadOnlySpan<ulong> sets, CallKinds step, ulong sameFile)
    {
        var set = 0UL;
        for (var kinds = (uint)step; kinds != 0; kinds &= kinds - 1)
        {
            set |= sets[BitOperations.TrailingZeroCount(kinds)];
        }

        return set & ((step & (CallKinds.Write | CallKinds.Exec)) != 0 ? sameFile : ulong.MaxValue);
    }

    /// <summary>The calls before one of the set, with at most so many others between: bit 0 is the newest, so earlier is higher.</summary>
    private static ulong Before(ulong reached, int gap)
    {
        var set = 0UL;
        for (var distance = 1; distance <= Math.Min(gap + 1, CallHistory.Capacity - 1); distance++)
        {
            set |= reached << distance;
        }

        return set;
    }
}

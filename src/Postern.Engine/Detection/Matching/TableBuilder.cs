using System.Numerics;

namespace Postern.Engine.Detection.Matching;

/// <summary>Makes the tables of a matcher from its literals.</summary>
internal static class TableBuilder
{
    // 8 KiB to 64 KiB of filter: small enough to stay in the first two cache levels, with four words per pattern or more.
    private const int MinWords = 1024;
    private const int MaxWords = 8192;
    private const int WordsPerPattern = 4;

    // Windows are chosen for the layout that wide machines use for many literals.
    private const int PrimaryGroups = 4;
    private static readonly int[] s_groupCounts = [1, 2, 4, 6, 8];

    /// <summary>The tables; throws <see cref="ArgumentException"/> as <see cref="LiteralMatcher.Build"/> says.</summary>
    public static MatchTable Build(ReadOnlySpan<Literal> literals)
    {
        var drafts = DraftSet.From(literals);
        var planner = new BucketPlanner(drafts, new WindowRates());
        planner.ChooseWindows(PrimaryGroups);
        var wanted = (uint)Math.Clamp(drafts.Length * WordsPerPattern, MinWords, MaxWords);
        var words = (int)BitOperations.RoundUpToPowerOf2(wanted);
        var shift = 32 - BitOperations.Log2((uint)words);
        drafts = [.. drafts.OrderBy(draft => SlotOf(draft, shift, words))];
        var bytes = new List<byte>();
        var ids = new List<int>();
        return new MatchTable
        {
            Filter = Filter(drafts, words, shift),
            Starts = Starts(drafts, words, shift),
            Patterns = Array.ConvertAll(drafts, draft => Store(draft, bytes, ids)),
            Ids = [.. ids],
            Bytes = [.. bytes],
            MaxOffset = drafts.Max(draft => draft.Offset),
            MaxDepth = DraftSet.MaxDepth(drafts),
            Layouts = Array.ConvertAll(s_groupCounts, planner.Layout),
        };
    }

    private static int SlotOf(PatternDraft draft, int shift, int words) => draft.Value.Length == Literal.MinBytes
        ? words + Window.PairSlot(draft.Key(0))
        : Window.Slot(draft.Key(draft.Offset), shift);

    private static ushort[] Starts(PatternDraft[] drafts, int words, int shift)
    {
        var starts = new ushort[words + MatchTable.PairSlots + 1];
        foreach (var draft in drafts)
        {
            starts[SlotOf(draft, shift, words) + 1]++;
        }

        for (var slot = 1; slot < starts.Length; slot++)
        {
            starts[slot] += starts[slot - 1];
        }

        return starts;
    }

    private static WindowFilter Filter(PatternDraft[] drafts, int count, int shift)
    {
        var words = new ulong[count];
        var pairs = drafts.Any(draft => draft.Value.Length == Literal.MinBytes) ? new ulong[WindowFilter.PairWords] : [];
        foreach (var draft in drafts)
        {
            if (draft.Value.Length == Literal.MinBytes)
            {
                SetPairs(draft, pairs);
                continue;
            }

            words[Window.Slot(draft.Key(draft.Offset), shift)] |= draft.Value.Length < Window.Bytes
                ? ulong.MaxValue
                : (1UL << draft.Value[draft.Offset + 3]) | (1UL << draft.OtherCase(draft.Offset + 3));
        }

        return new WindowFilter(words, pairs);
    }

    private static void SetPairs(PatternDraft draft, ulong[] pairs)
    {
        foreach (var first in (byte[])[draft.Value[0], draft.OtherCase(0)])
        {
            foreach (var second in (byte[])[draft.Value[1], draft.OtherCase(1)])
            {
                var pair = first | (second << 8);
                pairs[pair >> 6] |= 1UL << pair;
            }
        }
    }

    private static Pattern Store(PatternDraft draft, List<byte> bytes, List<int> ids)
    {
        var pattern = new Pattern
        {
            Key = draft.Key(draft.Offset),
            KeyMask = draft.KeyMask(draft.Offset),
            Value = bytes.Count,
            FirstId = ids.Count,
            IdCount = draft.Ids.Count,
            Length = (byte)draft.Value.Length,
            Offset = (byte)draft.Offset,
        };
        ids.AddRange(draft.Ids);
        var padding = new byte[pattern.PaddedLength - pattern.Length];
        bytes.AddRange([.. draft.Value, .. padding, .. draft.Mask, .. padding]);
        return pattern;
    }
}

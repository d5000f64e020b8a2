using Postern.Engine.Flow;

namespace Postern.Engine.Views;

/// <summary>
/// Puts together what was taken apart: tokens without the separators in them, letters spaced out, and the values of a
/// container, or the labels and segments of a URL, side by side. Neighbours also stand alone on lines of their own, so
/// that what surrounds a secret cannot hide where it begins and ends; of a few that look like pieces every choice of two to four
/// in order does, and every two the other way round, so that padding between them does not help either.
/// </summary>
internal static class CompactDecoder
{
    private const int MinJoined = 16;
    private const int MaxJoined = 512;
    private const int MaxGroup = 4;
    private const int MaxChosen = 20;
    private const int MaxNeighbours = 64;
    private const int MaxChoiceBytes = 64 * 1024;

    /// <summary>Writes the compact form; the text itself takes part only when it is no longer than <paramref name="maxText"/>.</summary>
    public static void Decode(ReadOnlySpan<byte> input, Level parent, PartKind part, int maxText, Level output)
    {
        var isRaw = parent.Chain.Depth == 0;
        if (input.Length <= maxText)
        {
            CompactTokens.Decode(input, parent, output);
            JoinLines(input, parent, output);
            if (isRaw && part == PartKind.Url)
            {
                CompactTokens.PutWithout(input, new ByteRange(0, input.Length), CompactTokens.NoiseAndSpace, output);
                output.Separate();
            }
        }

        if (isRaw && part is PartKind.Url or PartKind.HeaderValue)
        {
            RawPieces.Find(input, part, parent.Pieces);
        }

        PutPieces(input, parent.Pieces, parent, output);
        PutFragments(input, parent.Names, parent, output);
        parent.Pieces.Clear();
        parent.Names.Clear();
    }

    // All of them side by side; neighbours; and of what looks like a piece every choice, as long as there are few, so that
    // what stands between them does not help.
    private static void PutPieces(ReadOnlySpan<byte> input, RangeList pieces, Level parent, Level output)
    {
        PutGroup(input, pieces.Items, output);
        PutNeighbours(input, pieces.Items, pieces.Count <= MaxChosen ? MaxGroup : 2, output);
        PutFragments(input, pieces, parent, output);
    }

    private static void PutFragments(ReadOnlySpan<byte> input, RangeList pieces, Level parent, Level output)
    {
        var fragments = parent.Fragments;
        fragments.Clear();
        foreach (var piece in pieces.Items)
        {
            if (Pieces.IsFragment(input[piece.Start..piece.End]))
            {
                fragments.Add(piece.Start, piece.End);
            }
        }

        if (fragments.Count <= MaxChosen)
        {
            PutSwapped(input, fragments.Items, output);
            PutChoices(input, fragments.Items, output);
        }
        else
        {
            PutNeighbours(input, fragments.Items, MaxGroup, output);
        }
    }

    private static void PutSwapped(ReadOnlySpan<byte> input, ReadOnlySpan<ByteRange> pieces, Level output)
    {
        Span<ByteRange> pair = stackalloc ByteRange[2];
        for (var second = 1; second < pieces.Length; second++)
        {
            for (var first = 0; first < second; first++)
            {
                (pair[0], pair[1]) = (pieces[second], pieces[first]);
                PutGroup(input, pair, output);
            }
        }
    }

    // The line breaks between the leaves of a container are our own and join nothing; those inside a leaf are the sender's.
    private static void JoinLines(ReadOnlySpan<byte> input, Level parent, Level output)
    {
        if ((parent.Features & Feature.LineBreak) == 0)
        {
            return;
        }

        if (parent.Chain.Depth == 0 || parent.Chain[parent.Chain.Depth - 1] is not (Decoding.Json or Decoding.Form))
        {
            CompactLines.Decode(input, new ByteRange(0, input.Length), parent, output);
            return;
        }

        foreach (var piece in parent.BrokenPieces.Items)
        {
            CompactLines.Decode(input, piece, parent, output);
        }
    }

    private static void PutNeighbours(ReadOnlySpan<byte> input, ReadOnlySpan<ByteRange> pieces, int maxGroup, Level output)
    {
        if (pieces.Length > MaxNeighbours)
        {
            return;
        }

        for (var first = 0; first < pieces.Length; first++)
        {
            for (var size = 2; size <= maxGroup && first + size <= pieces.Length; size++)
            {
                PutGroup(input, pieces.Slice(first, size), output);
            }
        }
    }

    // Every choice of two, three or four, in order.
    private static void PutChoices(ReadOnlySpan<byte> input, ReadOnlySpan<ByteRange> pieces, Level output)
    {
        Span<ByteRange> chosen = stackalloc ByteRange[MaxGroup];
        var limit = output.Length + MaxChoiceBytes;
        for (var size = 2; size <= MaxGroup; size++)
        {
            Choose(input, pieces, chosen[..size], 0, output, limit);
        }
    }

    private static void Choose(
        ReadOnlySpan<byte> input, ReadOnlySpan<ByteRange> pieces, Span<ByteRange> chosen, int count, Level output, int limit)
    {
        if (count == chosen.Length)
        {
            PutGroup(input, chosen, output);
            return;
        }

        for (var i = 0; i <= pieces.Length - (chosen.Length - count) && output.Length < limit; i++)
        {
            chosen[count] = pieces[i];
            Choose(input, pieces[(i + 1)..], chosen, count + 1, output, limit);
        }
    }

    private static void PutGroup(ReadOnlySpan<byte> input, ReadOnlySpan<ByteRange> group, Level output)
    {
        var total = 0;
        foreach (var piece in group)
        {
            total += piece.Length;
        }

        if (group.Length < 2 || total < MinJoined || (group.Length <= MaxGroup && total > MaxJoined))
        {
            return;
        }

        foreach (var piece in group)
        {
            CompactTokens.PutWithout(input, piece, CompactTokens.NoiseAndSpace, output);
        }

        output.Separate();
    }
}

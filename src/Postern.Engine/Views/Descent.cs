using Postern.Engine.Flow;

namespace Postern.Engine.Views;

/// <summary>
/// Goes down from a view to everything that can be decoded from it, depth first. Which decoder may follow which, and only where its gate opened,
/// is decided here and nowhere else, so this file is where the bounds on work are kept.
/// </summary>
internal sealed class Descent(ViewLimits limits)
{
    private readonly Level[] _levels = [.. Enumerable.Range(0, ViewChain.MaxDepth + 2).Select(_ => new Level())];
    private int _remaining;
    private bool _recording;
    private bool _missedDepth;
    private int _current;

    /// <summary>The last level in use since the last <see cref="Trim"/>; the others hold nothing new.</summary>
    private int _deepest;

    /// <summary>The number of the view being visited, 0 being the raw one.</summary>
    public int Ordinal { get; private set; }

    /// <summary>True when nothing more is to be shown.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>The scratch of the view at a depth; the raw one has no bytes of its own.</summary>
    public Level this[int index] => _levels[index];

    /// <summary>Begins with a source; returns the level of its raw view.</summary>
    public Level Begin(scoped in ViewSource source, bool recording)
    {
        _recording = recording;
        IsStopped = false;
        _missedDepth = false;
        _current = 0;
        Ordinal = 0;
        _remaining = (int)Math.Min(Array.MaxLength, ((long)source.Bytes.Length * limits.ExpansionFactor) + limits.ExpansionFloorBytes);
        _deepest = Math.Max(_deepest, 0);
        _levels[0].Begin(ViewChain.Raw, 0, 0, recording: false);
        return _levels[0];
    }

    /// <summary>Ends the walk after the view being visited.</summary>
    public void Stop() => IsStopped = true;

    /// <summary>Follows a range of the view being visited back to the source; the walk must be recording.</summary>
    public ByteRange ToSource(ByteRange range)
    {
        for (var level = _current; level > 0; level--)
        {
            range = _levels[level].Locate(range);
        }

        return range;
    }

    /// <summary>Gives back scratch beyond the bound.</summary>
    public void Trim()
    {
        for (; _deepest >= 0; _deepest--)
        {
            _levels[_deepest].Trim(limits.MaxKeptScratchBytes);
        }
    }

    /// <summary>Hands out the view that stands at a level, then everything that can be decoded from it.</summary>
    public void Enter<TVisitor>(scoped in ViewSource source, int index, ref TVisitor visitor)
        where TVisitor : struct, IViewVisitor, allows ref struct
    {
        Show(source, index, ref visitor);
        var level = _levels[index];
        IsStopped |= level.Overflowed;
        if (!IsStopped && level.Length > 0)
        {
            ReadText(source, index, ref visitor);
        }
    }

    private void Show<TVisitor>(scoped in ViewSource source, int index, ref TVisitor visitor)
        where TVisitor : struct, IViewVisitor, allows ref struct
    {
        var level = _levels[index];
        _remaining -= level.Length;
        if (level.Overflowed)
        {
            visitor.Miss(Shortfall.TooBig, 0);
        }

        if (level.Length > 0)
        {
            Ordinal++;
            _current = index;
            if (level.Last == Decoding.Json)
            {
                Unquote(level.Bytes, level);
            }

            visitor.Visit(new View(level.Bytes, level.Chain, source.Part, source.Direction) { PartLength = source.Bytes.Length, Shows = level.Shows, Differs = level.Differs });
        }
    }

    /// <summary>Hands out everything that can be decoded from the view at a level.</summary>
    public void ReadText<TVisitor>(scoped in ViewSource source, int index, ref TVisitor visitor)
        where TVisitor : struct, IViewVisitor, allows ref struct
    {
        var level = _levels[index];
        Gate.Read(Bytes(source, index), level);
        RunGate.Read(Bytes(source, index), level);
        var isAtLimit = level.Nesting >= limits.MaxDepth || level.Chain.Depth >= ViewChain.MaxDepth;
        foreach (var step in TextSteps.Encodings)
        {
            if (!IsStopped && TextSteps.IsOpen(step, source, level, isAtLimit))
            {
                ReadEncoding(step, source, index, isAtLimit, ref visitor);
            }
        }

        if (!IsStopped && (level.Features & Feature.Foldable) != 0 && level.Last is not (Decoding.Fold or Decoding.Compact))
        {
            ReadFold(source, index, ref visitor);
        }

        if (!IsStopped && IsShort(source, index))
        {
            // What is put together out of the leaves of a container, of a URL or of header lines has stood there as sentences already.
            var child = Child(index, Decoding.Compact);
            child.Shows = level.Pieces.Count + level.Names.Count > 1 || source.Part is PartKind.Url or PartKind.HeaderValue ? ViewShows.Values | ViewShows.Wordings : ViewShows.All;
            CompactDecoder.Decode(Bytes(source, index), level, source.Part, limits.MaxCompactBytes, child);
            Enter(source, index + 1, ref visitor);
        }
    }

    private void ReadEncoding<TVisitor>(Decoding step, scoped in ViewSource source, int index, bool isAtLimit, ref TVisitor visitor)
        where TVisitor : struct, IViewVisitor, allows ref struct
    {
        var child = Child(index, step);
        child.AtLimit = isAtLimit;
        child.IsWhole = step == Decoding.Escape && _levels[index].IsQuoted;
        TextSteps.Decode(step, source, Bytes(source, index), limits, _levels[index], child);
        if (child.AtLimit)
        {
            if (child.HasCertainText)
            {
                MissDepth(ref visitor);
            }

            return;
        }

        Enter(source, index + 1, ref visitor);
    }

    private void ReadFold<TVisitor>(scoped in ViewSource source, int index, ref TVisitor visitor)
        where TVisitor : struct, IViewVisitor, allows ref struct
    {
        var parent = _levels[index];
        var child = Child(index, Decoding.Fold);
        child.Shows = parent.IsQuoted ? ViewShows.Values | ViewShows.Wordings : ViewShows.All;
        child.AtLimit = parent.Chain.Depth >= ViewChain.MaxDepth;
        var glued = UnicodeFold.Fold(Bytes(source, index), child, FoldWay.Whole);
        if (child.AtLimit)
        {
            if (child.HasCertainText)
            {
                MissDepth(ref visitor);
            }

            return;
        }

        if (child.IsSparse)
        {
            child.Shows &= ~ViewShows.Values;
            child.Differs = (parent.Shows & ViewShows.Language) != 0 ? child.Touched : null;
            Show(source, index + 1, ref visitor);
            IsStopped |= child.Overflowed;
            child = Child(index, Decoding.Fold);
            child.Shows = ViewShows.Values;
            UnicodeFold.Fold(Bytes(source, index), child, FoldWay.ChangesOnly);
        }

        if (!IsStopped)
        {
            Enter(source, index + 1, ref visitor);
        }

        if (glued && !IsStopped)
        {
            UnicodeFold.Fold(Bytes(source, index), Child(index, Decoding.Fold), FoldWay.Spaced);
            Enter(source, index + 1, ref visitor);
        }
    }

    private void MissDepth<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, IViewVisitor, allows ref struct
    {
        if (!_missedDepth)
        {
            visitor.Miss(Shortfall.TooDeep, 0);
            _missedDepth = true;
        }
    }

    // Text that folding changes is compacted after folding, which forgets the pieces of a container, so those are put together before.
    private bool IsShort(scoped in ViewSource source, int index)
    {
        var level = _levels[index];
        return level.Last != Decoding.Compact && !TextSteps.IsMirrored(level.Last)
            && level.Chain.Depth < ViewChain.MaxDepth
            && ((level.Features & Feature.Foldable) == 0 || level.Last == Decoding.Fold || level.Pieces.Count + level.Names.Count > 1)
            && (level.Pieces.Count + level.Names.Count > 1 || Bytes(source, index).Length <= limits.MaxCompactBytes);
    }

    /// <summary>Leaves the sentences of text that is only quoted to the view without the quotation.</summary>
    public void Unquote(ReadOnlySpan<byte> bytes, Level level)
    {
        level.IsQuoted = level.Nesting < limits.MaxDepth && PlainEscapes.CoverMost(bytes);
        level.Shows &= level.IsQuoted ? ~ViewShows.Language : ViewShows.All;
    }

    /// <summary>The level for a view made by a step from that at <paramref name="index"/>.</summary>
    public Level Child(int index, Decoding step)
    {
        var parent = _levels[index];
        var child = _levels[index + 1];
        _deepest = Math.Max(_deepest, index + 1);
        child.Begin(parent.Chain.Then(step), parent.Nesting + (TextSteps.IsEncoding(step) ? 1 : 0), _remaining, _recording);
        return child;
    }

    private ReadOnlySpan<byte> Bytes(scoped in ViewSource source, int index) => index == 0 ? source.Bytes : _levels[index].Bytes;
}

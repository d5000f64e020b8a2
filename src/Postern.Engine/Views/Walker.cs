using Postern.Engine.Flow;

namespace Postern.Engine.Views;

/// <summary>
/// Walks the tree of views of one part, depth first. Which decoder may follow which, and only where its gate opened,
/// is decided here and nowhere else, so this file is where the bounds on work are kept.
/// </summary>
internal sealed class Walker(ViewLimits limits)
{
    private readonly Level[] _levels = [.. Enumerable.Range(0, ViewChain.MaxDepth + 2).Select(_ => new Level())];
    private readonly JsonDecoder _json = new(limits.MaxJsonDepth);
    private int _remaining;
    private bool _recording;
    private bool _stopped;
    private bool _missedDepth;
    private int _current;

    /// <summary>The last level in use since the last <see cref="Trim"/>; the others hold nothing new.</summary>
    private int _deepest;

    /// <summary>The number of the view being visited, 0 being the raw one.</summary>
    public int Ordinal { get; private set; }

    public void Walk<TVisitor>(scoped in ViewSource source, ref TVisitor visitor, bool recording)
        where TVisitor : struct, IViewVisitor, allows ref struct
    {
        _recording = recording;
        _stopped = false;
        _missedDepth = false;
        _current = 0;
        Ordinal = 0;
        _remaining = (int)Math.Min(Array.MaxLength, ((long)source.Bytes.Length * limits.ExpansionFactor) + limits.ExpansionFloorBytes);
        _deepest = Math.Max(_deepest, 0);
        _levels[0].Begin(ViewChain.Raw, 0, 0, recording: false);
        // What sentences there are in well-formed JSON stand in its leaves.
        var isJson = source is { Content: ContentKind.Json, Whole: true, Bytes.IsEmpty: false };
        var (result, fault) = isJson ? DecodeJson(source) : default;
        _levels[0].IsQuoted = source.Content == ContentKind.Text && IsQuoted(source.Bytes, _levels[0]);
        var shows = (isJson && result == Shortfall.None) || _levels[0].IsQuoted ? ViewShows.Values | ViewShows.Wordings : ViewShows.All;
        visitor.Visit(new View(source.Bytes, ViewChain.Raw, source.Part, source.Direction) { PartLength = source.Bytes.Length, Shows = shows });
        if (_stopped || source.Content == ContentKind.Opaque || source.Bytes.IsEmpty)
        {
            return;
        }

        if (result != Shortfall.None)
        {
            visitor.Miss(result, fault);
        }

        if (ReadCharset(source, ref visitor) && isJson)
        {
            (result, _) = DecodeJson(source);
        }

        if (source.Content != ContentKind.Json)
        {
            ReadRoot(source, ref visitor);
            return;
        }

        if (!isJson || result != Shortfall.None)
        {
            JsonLooseDecoder.Decode(source.Bytes, Child(0, Decoding.Json));
        }

        Enter(source, 1, ref visitor);
    }

    private (Shortfall Result, int Fault) DecodeJson(scoped in ViewSource source)
    {
        var result = _json.Decode(source.Bytes, Child(0, Decoding.Json), out var fault);
        return (result, fault);
    }

    /// <summary>Ends the walk after the view being visited.</summary>
    public void Stop() => _stopped = true;

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

    private void ReadRoot<TVisitor>(scoped in ViewSource source, ref TVisitor visitor)
        where TVisitor : struct, IViewVisitor, allows ref struct
    {
        switch (source.Content)
        {
            case ContentKind.Multipart when ReadMultipart(source, ref visitor):
                return;
            case ContentKind.Form when !TextSteps.IsOpen(Decoding.Inflate, source, _levels[0], isAtLimit: false):
                ReadForm(source, ref visitor);
                break;
            case ContentKind.Html:
                ReadHtml(source, HtmlPiece.Visible, ref visitor);
                ReadHtml(source, HtmlPiece.Hidden, ref visitor);
                break;
            default:
                if (source.Part == PartKind.Url)
                {
                    ReadForm(source, ref visitor);
                }

                break;
        }

        if (!_stopped)
        {
            ReadGates(source.Bytes, _levels[0]);
            ReadText(source, 0, ref visitor);
        }
    }

    // A text in another coding is read twice: as it stands, by whoever does not decode it, and decoded.
    private bool ReadCharset<TVisitor>(scoped in ViewSource source, ref TVisitor visitor)
        where TVisitor : struct, IViewVisitor, allows ref struct
    {
        if (source.Charset is { Encoding: null })
        {
            visitor.Miss(Shortfall.UnknownCharset, 0);
        }
        else if ((source.Charset ?? Guess(source)) is { } charset)
        {
            if (charset.KeepsAscii && !source.Bytes.ContainsAnyInRange((byte)0x80, (byte)0xFF))
            {
                return false;
            }

            CharsetDecoder.Decode(source.Bytes, charset, Child(0, Decoding.Charset));
            EnterText(source, ref visitor);
            return true;
        }
        else if (Utf16Decoder.Order(source.Bytes) is not null)
        {
            Utf16Decoder.Decode(source.Bytes, Child(0, Decoding.Utf16));
            EnterText(source, ref visitor);
            return true;
        }

        return false;
    }

    private void EnterText<TVisitor>(scoped in ViewSource source, ref TVisitor visitor)
        where TVisitor : struct, IViewVisitor, allows ref struct
    {
        Enter(source, 1, ref visitor);
        foreach (var piece in (ReadOnlySpan<HtmlPiece>)[HtmlPiece.Visible, HtmlPiece.Hidden])
        {
            if (!_stopped && source.Content == ContentKind.Html)
            {
                HtmlDecoder.Decode(_levels[1].Bytes, piece, Child(1, Decoding.Html));
                Enter(source, 2, ref visitor);
            }
        }
    }

    // Text from the world that is not UTF-8 and does not say what it is; windows are cut through characters.
    private static Charset? Guess(scoped in ViewSource source) =>
        source is { Part: PartKind.Body, Direction: Direction.Inbound, Content: ContentKind.Html or ContentKind.Text, Whole: true }
        && !System.Text.Unicode.Utf8.IsValid(source.Bytes) && !source.Bytes.Contains((byte)0) ? Charset.Fallback : null;

    private bool ReadMultipart<TVisitor>(scoped in ViewSource source, ref TVisitor visitor)
        where TVisitor : struct, IViewVisitor, allows ref struct
    {
        var child = Child(0, Decoding.Multipart);
        var fault = MultipartDecoder.Decode(source, limits, _levels[0], child);
        var isWhole = fault < 0 || !source.Whole;
        if (!isWhole)
        {
            visitor.Miss(Shortfall.MalformedMultipart, fault);
        }

        Enter(source, 1, ref visitor);
        return isWhole && !source.Boundary.IsEmpty;
    }

    private void ReadForm<TVisitor>(scoped in ViewSource source, ref TVisitor visitor)
        where TVisitor : struct, IViewVisitor, allows ref struct
    {
        var child = Child(0, Decoding.Form);
        var fault = FormDecoder.Decode(source.Bytes, source.Part, child);
        if (fault >= 0 && source.Whole && source.Content == ContentKind.Form)
        {
            visitor.Miss(Shortfall.MalformedForm, fault);
        }

        Enter(source, 1, ref visitor);
    }

    private void ReadHtml<TVisitor>(scoped in ViewSource source, HtmlPiece piece, ref TVisitor visitor)
        where TVisitor : struct, IViewVisitor, allows ref struct
    {
        if (!_stopped)
        {
            HtmlDecoder.Decode(source.Bytes, piece, Child(0, Decoding.Html));
            Enter(source, 1, ref visitor);
        }
    }

    // Hands out the view that stands at a level, then everything that can be decoded from it.
    private void Enter<TVisitor>(scoped in ViewSource source, int index, ref TVisitor visitor)
        where TVisitor : struct, IViewVisitor, allows ref struct
    {
        Show(source, index, ref visitor);
        var level = _levels[index];
        _stopped |= level.Overflowed;
        if (!_stopped && level.Length > 0)
        {
            ReadGates(level.Bytes, level);
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
            level.IsQuoted = level.Last == Decoding.Json && IsQuoted(level.Bytes, level);
            level.Shows &= level.IsQuoted ? ~ViewShows.Language : ViewShows.All;
            visitor.Visit(new View(level.Bytes, level.Chain, source.Part, source.Direction) { PartLength = source.Bytes.Length, Shows = level.Shows, Differs = level.Differs });
        }
    }

    private void ReadText<TVisitor>(scoped in ViewSource source, int index, ref TVisitor visitor)
        where TVisitor : struct, IViewVisitor, allows ref struct
    {
        var level = _levels[index];
        var isAtLimit = level.Nesting >= limits.MaxDepth || level.Chain.Depth >= ViewChain.MaxDepth;
        foreach (var step in TextSteps.Encodings)
        {
            if (!_stopped && TextSteps.IsOpen(step, source, level, isAtLimit))
            {
                ReadEncoding(step, source, index, isAtLimit, ref visitor);
            }
        }

        if (!_stopped && (level.Features & Feature.Foldable) != 0 && level.Last is not (Decoding.Fold or Decoding.Compact))
        {
            ReadFold(source, index, ref visitor);
        }

        if (!_stopped && IsShort(source, index))
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
        var child = Child(index, Decoding.Fold);
        child.AtLimit = _levels[index].Chain.Depth >= ViewChain.MaxDepth;
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
            child.Shows = ViewShows.Wordings | ViewShows.Language;
            child.Differs = (_levels[index].Shows & ViewShows.Language) != 0 ? child.Touched : null;
            Show(source, index + 1, ref visitor);
            _stopped |= child.Overflowed;
            child = Child(index, Decoding.Fold);
            child.Shows = ViewShows.Values;
            UnicodeFold.Fold(Bytes(source, index), child, FoldWay.ChangesOnly);
        }

        if (!_stopped)
        {
            Enter(source, index + 1, ref visitor);
        }

        if (glued && !_stopped)
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

    // The sentences of text that is only quoted stand in the view without the quotation.
    private bool IsQuoted(ReadOnlySpan<byte> bytes, Level level) => level.Nesting < limits.MaxDepth && PlainEscapes.CoverMost(bytes);

    private static void ReadGates(ReadOnlySpan<byte> bytes, Level level)
    {
        Gate.Read(bytes, level);
        RunGate.Read(bytes, level);
    }

    private Level Child(int index, Decoding step)
    {
        var parent = _levels[index];
        var child = _levels[index + 1];
        _deepest = Math.Max(_deepest, index + 1);
        child.Begin(parent.Chain.Then(step), parent.Nesting + (TextSteps.IsEncoding(step) ? 1 : 0), _remaining, _recording);
        return child;
    }

    private ReadOnlySpan<byte> Bytes(scoped in ViewSource source, int index) => index == 0 ? source.Bytes : _levels[index].Bytes;
}

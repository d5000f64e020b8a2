using Postern.Engine.Flow;

namespace Postern.Engine.Views;

/// <summary>Walks the tree of views of one part: what its content is read as to begin with; <see cref="Descent"/> goes on from there.</summary>
internal sealed class Walker(ViewLimits limits)
{
    private readonly Descent _descent = new(limits);
    private readonly JsonDecoder _json = new(limits.MaxJsonDepth);

    /// <summary>The number of the view being visited, 0 being the raw one.</summary>
    public int Ordinal => _descent.Ordinal;

    public void Walk<TVisitor>(scoped in ViewSource source, ref TVisitor visitor, bool recording)
        where TVisitor : struct, IViewVisitor, allows ref struct
    {
        var raw = _descent.Begin(source, recording);

        // What sentences there are in well-formed JSON stand in its leaves.
        var isJson = source is { Content: ContentKind.Json, Whole: true, Bytes.IsEmpty: false };
        var (result, fault) = isJson ? DecodeJson(source) : default;
        if (isJson && result == Shortfall.None)
        {
            raw.Shows = ViewShows.Values | ViewShows.Wordings;
        }
        else if (source.Content == ContentKind.Text)
        {
            _descent.Unquote(source.Bytes, raw);
        }

        visitor.Visit(new View(source.Bytes, ViewChain.Raw, source.Part, source.Direction) { PartLength = source.Bytes.Length, Shows = raw.Shows });
        if (_descent.IsStopped || source.Content == ContentKind.Opaque || source.Bytes.IsEmpty)
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
            JsonLooseDecoder.Decode(source.Bytes, _descent.Child(0, Decoding.Json));
        }

        _descent.Enter(source, 1, ref visitor);
    }

    private (Shortfall Result, int Fault) DecodeJson(scoped in ViewSource source)
    {
        var result = _json.Decode(source.Bytes, _descent.Child(0, Decoding.Json), out var fault);
        return (result, fault);
    }

    /// <summary>Ends the walk after the view being visited.</summary>
    public void Stop() => _descent.Stop();

    /// <summary>Follows a range of the view being visited back to the source; the walk must be recording.</summary>
    public ByteRange ToSource(ByteRange range) => _descent.ToSource(range);

    /// <summary>Gives back scratch beyond the bound.</summary>
    public void Trim() => _descent.Trim();

    private void ReadRoot<TVisitor>(scoped in ViewSource source, ref TVisitor visitor)
        where TVisitor : struct, IViewVisitor, allows ref struct
    {
        switch (source.Content)
        {
            case ContentKind.Multipart when ReadMultipart(source, ref visitor):
                return;
            case ContentKind.Form when !TextSteps.IsOpen(Decoding.Inflate, source, _descent[0], isAtLimit: false):
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

        if (!_descent.IsStopped)
        {
            _descent.ReadText(source, 0, ref visitor);
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

            CharsetDecoder.Decode(source.Bytes, charset, _descent.Child(0, Decoding.Charset));
            EnterText(source, ref visitor);
            return true;
        }
        else if (Utf16Decoder.Order(source.Bytes) is not null)
        {
            Utf16Decoder.Decode(source.Bytes, _descent.Child(0, Decoding.Utf16));
            EnterText(source, ref visitor);
            return true;
        }

        return false;
    }

    private void EnterText<TVisitor>(scoped in ViewSource source, ref TVisitor visitor)
        where TVisitor : struct, IViewVisitor, allows ref struct
    {
        _descent.Enter(source, 1, ref visitor);
        foreach (var piece in (ReadOnlySpan<HtmlPiece>)[HtmlPiece.Visible, HtmlPiece.Hidden])
        {
            if (!_descent.IsStopped && source.Content == ContentKind.Html)
            {
                HtmlDecoder.Decode(_descent[1].Bytes, piece, _descent.Child(1, Decoding.Html));
                _descent.Enter(source, 2, ref visitor);
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
        var child = _descent.Child(0, Decoding.Multipart);
        var fault = MultipartDecoder.Decode(source, limits, _descent[0], child);
        var isWhole = fault < 0 || !source.Whole;
        if (!isWhole)
        {
            visitor.Miss(Shortfall.MalformedMultipart, fault);
        }

        _descent.Enter(source, 1, ref visitor);
        return isWhole && !source.Boundary.IsEmpty;
    }

    private void ReadForm<TVisitor>(scoped in ViewSource source, ref TVisitor visitor)
        where TVisitor : struct, IViewVisitor, allows ref struct
    {
        var child = _descent.Child(0, Decoding.Form);
        var fault = FormDecoder.Decode(source.Bytes, source.Part, child);
        if (fault >= 0 && source.Whole && source.Content == ContentKind.Form)
        {
            visitor.Miss(Shortfall.MalformedForm, fault);
        }

        _descent.Enter(source, 1, ref visitor);
    }

    private void ReadHtml<TVisitor>(scoped in ViewSource source, HtmlPiece piece, ref TVisitor visitor)
        where TVisitor : struct, IViewVisitor, allows ref struct
    {
        if (!_descent.IsStopped)
        {
            HtmlDecoder.Decode(source.Bytes, piece, _descent.Child(0, Decoding.Html));
            _descent.Enter(source, 1, ref visitor);
        }
    }
}

using System.Buffers;

namespace Postern.Engine.Views;

/// <summary>
/// Cuts HTML, XML and what passes for them into tags, comments and text, in one pass and without a copy. The only place that says
/// where a tag ends: what inspects a page, what shows it and what rewrites it read it alike. Every byte belongs to one piece.
/// </summary>
/// <param name="input">The document, in UTF-8 or any coding that leaves ASCII alone.</param>
/// <param name="isXml">True when scripts and style sheets may hold elements, as in XML.</param>
internal ref struct MarkupReader(ReadOnlySpan<byte> input, bool isXml = false)
{
    private static readonly SearchValues<byte> s_nameEnds = SearchValues.Create(" \t\r\n\f/>"u8);

    private readonly ReadOnlySpan<byte> _input = input;
    private ReadOnlySpan<byte> _raw;
    private int _at;

    /// <summary>What the piece is.</summary>
    public MarkupKind Kind { get; private set; }

    /// <summary>Where all of it stands.</summary>
    public ByteRange Token { get; private set; }

    /// <summary>Where the inside of a comment stands, or what follows a tag's name.</summary>
    public ByteRange Inner { get; private set; }

    /// <summary>The name of the tag, as written.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>All of the piece.</summary>
    public readonly ReadOnlySpan<byte> Bytes => _input[Token.Start..Token.End];

    /// <summary>The attributes of the tag.</summary>
    public readonly ReadOnlySpan<byte> Attributes => _input[Inner.Start..Inner.End];

    /// <summary>Goes on to the next piece; false at the end.</summary>
    public bool Read()
    {
        if (!_raw.IsEmpty)
        {
            var end = EndOfRaw();
            _raw = default;
            if (end > _at)
            {
                Take(MarkupKind.Raw, end, new ByteRange(_at, end));
                return true;
            }
        }

        if (_at >= _input.Length)
        {
            return false;
        }

        if (_input[_at] == '<')
        {
            ReadMarkup();
            return true;
        }

        var length = _input[_at..].IndexOf((byte)'<');
        Take(MarkupKind.Text, length < 0 ? _input.Length : _at + length, default);
        return true;
    }

    private void ReadMarkup()
    {
        var next = _at + 1 < _input.Length ? _input[_at + 1] : (byte)0;
        if (Ascii.IsLetter(next))
        {
            ReadStart();
        }
        else if (next == '/' && _at + 2 < _input.Length && Ascii.IsLetter(_input[_at + 2]))
        {
            ReadEnd();
        }
        else if (next is (byte)'!' or (byte)'?' or (byte)'/')
        {
            ReadComment();
        }
        else
        {
            Take(MarkupKind.Text, _at + 1, default);
        }
    }

    private void ReadStart()
    {
        Name = NameAt(_at + 1);
        var start = _at + 1 + Name.Length;
        var end = TagEnd(start);
        _raw = !isXml && HtmlTags.IsRaw(Name) ? Name : default;
        Take(MarkupKind.Start, Math.Min(_input.Length, end + 1), new ByteRange(start, end));
    }

    private void ReadEnd()
    {
        Name = NameAt(_at + 2);
        var start = _at + 2 + Name.Length;
        var length = _input[start..].IndexOf((byte)'>');
        var end = length < 0 ? _input.Length : start + length;
        Take(MarkupKind.End, Math.Min(_input.Length, end + 1), new ByteRange(start, end));
    }

    private void ReadComment()
    {
        var isComment = _input[_at..].StartsWith("<!--"u8);
        var start = Math.Min(_input.Length, _at + (isComment ? 4 : 2));
        var length = isComment ? _input[start..].IndexOf("-->"u8) : _input[start..].IndexOf((byte)'>');
        var end = length < 0 ? _input.Length : start + length;
        Take(MarkupKind.Comment, Math.Min(_input.Length, end + (isComment ? 3 : 1)), new ByteRange(start, end));
    }

    private void Take(MarkupKind kind, int end, ByteRange inner)
    {
        Kind = kind;
        Token = new ByteRange(_at, end);
        Inner = inner;
        _at = end;
    }

    private readonly ReadOnlySpan<byte> NameAt(int start)
    {
        var length = _input[start..].IndexOfAny(s_nameEnds);
        return length < 0 ? _input[start..] : _input.Slice(start, length);
    }

    // A closing bracket inside a quoted value does not end the tag; a quote elsewhere does not begin a value.
    private readonly int TagEnd(int at)
    {
        while (at < _input.Length)
        {
            var offset = _input[at..].IndexOfAny((byte)'>', (byte)'"', (byte)'\'');
            if (offset < 0)
            {
                return _input.Length;
            }

            at += offset;
            if (_input[at] == '>')
            {
                return at;
            }

            var close = FollowsEquals(at) ? _input[(at + 1)..].IndexOf(_input[at]) : 0;
            if (close < 0)
            {
                return _input.Length;
            }

            at += FollowsEquals(at) ? close + 2 : 1;
        }

        return _input.Length;
    }

    private readonly bool FollowsEquals(int at)
    {
        at--;
        while (at > 0 && Ascii.IsSpace(_input[at]))
        {
            at--;
        }

        return at >= 0 && _input[at] == '=';
    }

    private readonly int EndOfRaw()
    {
        var at = _at;
        while (_input[at..].IndexOf("</"u8) is >= 0 and var offset)
        {
            at += offset;
            if (_input.Length - at - 2 >= _raw.Length && Ascii.EqualsIgnoreCase(_input.Slice(at + 2, _raw.Length), _raw))
            {
                return at;
            }

            at += 2;
        }

        return _input.Length;
    }
}

using System.Buffers;
using System.Net;

namespace Postern.Transports.Http.Local;

/// <summary>
/// Makes of a page what a person reads of it: title, headings, paragraphs, lists and tables as lines, links with their targets.
/// What is not seen is left out. Linear in the length of the page, whatever it looks like.
/// </summary>
/// <remarks>
/// This decides nothing: the page was inspected before, with everything that is left out here, and the text is inspected
/// after. A tag that is read differently here than in a browser costs readability, not safety.
/// </remarks>
internal ref struct ReadableText
{
    private const int MaxLinkChars = 2048;
    private static readonly SearchValues<char> s_nameEnds = SearchValues.Create(" \t\r\n\f/>");

    private readonly ReadOnlySpan<char> _html;
    private readonly Uri? _address;
    private readonly TextSheet _sheet = new();
    private string _title = string.Empty;
    private string _hider = string.Empty;
    private int _hiderDepth;
    private int _preDepth;
    private string? _link;
    private int _linkStart;
    private int _at;

    private ReadableText(ReadOnlySpan<char> html, Uri? address)
    {
        _html = html;
        _address = address;
    }

    /// <summary>Reads a page.</summary>
    /// <param name="html">The page.</param>
    /// <param name="address">Where it came from, to complete its links; null leaves them as they are.</param>
    public static (string Title, string Text) Of(ReadOnlySpan<char> html, Uri? address)
    {
        var reader = new ReadableText(html, address);
        reader.Run();
        return (reader._title, reader._sheet.ToString());
    }

    private void Run()
    {
        while (_at < _html.Length)
        {
            var length = _html[_at..].IndexOf('<');
            var end = length < 0 ? _html.Length : _at + length;
            Text(_html[_at..end]);
            _at = end;
            if (_at < _html.Length)
            {
                Markup();
            }
        }
    }

    private void Markup()
    {
        var next = _at + 1 < _html.Length ? _html[_at + 1] : '\0';
        if (char.IsAsciiLetter(next))
        {
            Open(ReadTag(_at + 1));
        }
        else if (next == '/' && _at + 2 < _html.Length && char.IsAsciiLetter(_html[_at + 2]))
        {
            Close(ReadTag(_at + 2));
        }
        else if (next is '!' or '?' or '/')
        {
            Skip(_html[_at..].StartsWith("<!--") ? "-->" : ">");
        }
        else
        {
            Text("<");
            _at++;
        }
    }

    private void Open(HtmlTag tag)
    {
        if (_hiderDepth > 0)
        {
            // A paragraph ends where the next one begins; other elements nest.
            _hiderDepth += !tag.Is(_hider) ? 0 : tag.Is("p") ? -1 : 1;
        }

        if (_hiderDepth == 0 && !HtmlElements.IsVoid(tag.Name) && (HtmlElements.IsDropped(tag.Name) || tag.IsHidden()))
        {
            (_hider, _hiderDepth) = (tag.Name.ToString(), 1);
        }

        if (HtmlElements.IsRaw(tag.Name))
        {
            Raw(tag);
        }
        else if (_hiderDepth == 0)
        {
            Begin(tag);
        }
    }

    private void Begin(HtmlTag tag)
    {
        _sheet.Break(HtmlElements.Breaks(tag.Name));
        if (tag.Is("a"))
        {
            (_link, _linkStart) = (Target(tag.Attribute("href")), _sheet.Length);
        }
        else if (tag.Is("li"))
        {
            _sheet.Mark("- ");
        }
        else if (tag.Is("td") || tag.Is("th"))
        {
            _sheet.Flow(" ");
        }
        else if (tag.Is("pre"))
        {
            _preDepth++;
        }
        else if (Level(tag) is > 0 and var level)
        {
            _sheet.Mark(new string('#', level) + " ");
        }
    }

    private void Close(HtmlTag tag)
    {
        if (_hiderDepth > 0)
        {
            _hiderDepth -= tag.Is(_hider) ? 1 : 0;
            return;
        }

        if (tag.Is("a") && _link is not null)
        {
            if (_sheet.Length > _linkStart)
            {
                _sheet.Flow(" (" + _link + ")");
            }

            _link = null;
        }
        else if (tag.Is("td") || tag.Is("th"))
        {
            _sheet.Flow(" | ");
        }
        else if (tag.Is("pre"))
        {
            _preDepth = Math.Max(0, _preDepth - 1);
        }

        _sheet.Break(HtmlElements.Breaks(tag.Name));
    }

    /// <summary>An element whose content is not markup: the title is kept apart, a text area is shown, the others are hidden.</summary>
    private void Raw(HtmlTag tag)
    {
        var start = _at;
        var end = EndOfRaw(tag.Name);
        var content = _html[start..end];
        _at = end;
        if (_hiderDepth > 0)
        {
            return;
        }

        if (tag.Is("title"))
        {
            var sheet = new TextSheet();
            sheet.Flow(WebUtility.HtmlDecode(content.ToString()));
            _title = _title.Length == 0 ? sheet.ToString() : _title;
        }
        else
        {
            Text(content);
        }
    }

    private readonly int EndOfRaw(ReadOnlySpan<char> name)
    {
        var at = _at;
        while (_html[at..].IndexOf("</") is >= 0 and var offset)
        {
            at += offset;
            if (_html[(at + 2)..].StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                return at;
            }

            at += 2;
        }

        return _html.Length;
    }

    private readonly void Text(ReadOnlySpan<char> text)
    {
        if (_hiderDepth > 0 || text.IsEmpty)
        {
            return;
        }

        var plain = text.Contains('&') ? WebUtility.HtmlDecode(text.ToString()) : text;
        if (_preDepth > 0)
        {
            _sheet.Verbatim(plain);
        }
        else
        {
            _sheet.Flow(plain);
        }
    }

    /// <summary>Reads the tag whose name begins at <paramref name="start"/>, and stands behind it. A quoted value may hold the bracket.</summary>
    private HtmlTag ReadTag(int start)
    {
        var nameLength = _html[start..].IndexOfAny(s_nameEnds);
        var nameEnd = nameLength < 0 ? _html.Length : start + nameLength;
        var at = nameEnd;
        var quote = '\0';
        for (; at < _html.Length && (quote != '\0' || _html[at] != '>'); at++)
        {
            var c = _html[at];
            quote = c == quote ? '\0' : quote == '\0' && c is '"' or '\'' && IsAfterEquals(at) ? c : quote;
        }

        _at = Math.Min(_html.Length, at + 1);
        return new HtmlTag(_html, start..nameEnd, nameEnd..at);
    }

    private readonly bool IsAfterEquals(int at) => _html[..at].TrimEnd(" \t\r\n\f").EndsWith("=");

    private void Skip(string end)
    {
        var length = _html[_at..].IndexOf(end);
        _at = length < 0 ? _html.Length : _at + length + end.Length;
    }

    private readonly string? Target(string? href)
    {
        if (string.IsNullOrWhiteSpace(href) || href.Length > MaxLinkChars || href.StartsWith('#'))
        {
            return null;
        }

        var isKnown = Uri.TryCreate(_address, href.Trim(), out var target);
        return !isKnown ? href.Trim() : target!.Scheme is "http" or "https" or "mailto" ? target.AbsoluteUri : null;
    }

    private static int Level(HtmlTag tag) => tag.Name.Length == 2 && tag.Name[0] is 'h' or 'H' && tag.Name[1] is >= '1' and <= '6' ? tag.Name[1] - '0' : 0;
}

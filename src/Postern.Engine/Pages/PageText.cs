using System.Net;
using System.Text;
using Postern.Engine.Views;
using Ascii = Postern.Engine.Views.Ascii;

namespace Postern.Engine.Pages;

/// <summary>
/// Makes of a page what a person reads of it: title, headings, paragraphs, lists and tables as lines, links with their targets.
/// What is not seen is left out. Linear in the length of the page, whatever it looks like.
/// </summary>
/// <remarks>
/// This decides nothing: the page was inspected before, with everything that is left out here, and the text is inspected
/// after. Both read tags with the same reader.
/// </remarks>
public static class PageText
{
    /// <summary>Reads a page.</summary>
    /// <param name="utf8">The page.</param>
    /// <param name="address">Where it came from, to complete its links; null leaves them as they are.</param>
    public static (string Title, string Text) Of(ReadOnlySpan<byte> utf8, Uri? address)
    {
        var layout = new Layout(utf8, address);
        layout.Run();
        return (layout.Title, layout.Text);
    }

    private ref struct Layout(ReadOnlySpan<byte> page, Uri? address)
    {
        private const int MaxLinkBytes = 2048;
        private readonly TextSheet _sheet = new();
        private TextSheet _title = new();
        private MarkupReader _reader = new(page);
        private HiddenElement _hider;
        private bool _isInTitle;
        private int _titles;
        private int _preDepth;
        private string? _link;
        private int _linkStart;

        public readonly string Title => _title.ToString();

        public readonly string Text => _sheet.ToString();

        public void Run()
        {
            while (_reader.Read())
            {
                if (_reader.Kind == MarkupKind.Start)
                {
                    Open();
                }
                else if (_reader.Kind == MarkupKind.End)
                {
                    Close();
                }
                else if (_reader.Kind == MarkupKind.Text && !_hider.IsOpen)
                {
                    Flow();
                }
            }
        }

        private readonly bool Is(ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(_reader.Name, name);

        private void Open()
        {
            var name = PageElements.NameOf(_reader.Name);
            _hider.Open(_reader.Name, PageElements.IsDropped(name) || HtmlTags.Hides(_reader.Attributes) || IsHiddenFromReaders());
            if (_hider.IsOpen || _isInTitle)
            {
                return;
            }

            if (Is("title"u8))
            {
                _isInTitle = true;
                _titles++;
                return;
            }

            _sheet.Break(PageElements.Breaks(name));
            if (Is("a"u8))
            {
                (_link, _linkStart) = (Target(), _sheet.Length);
            }
            else if (Is("li"u8))
            {
                _sheet.Mark("- ");
            }
            else if (Is("td"u8) || Is("th"u8))
            {
                _sheet.Flow(" ");
            }
            else if (Is("pre"u8))
            {
                _preDepth++;
            }
            else if (_reader.Name is [(byte)'h' or (byte)'H', >= (byte)'1' and <= (byte)'6'])
            {
                _sheet.Mark(new string('#', _reader.Name[1] - '0') + " ");
            }
        }

        private void Close()
        {
            if (_hider.IsOpen)
            {
                _hider.Close(_reader.Name);
                return;
            }

            if (Is("title"u8))
            {
                _isInTitle = false;
            }
            else if (Is("a"u8) && _link is not null)
            {
                if (_sheet.Length > _linkStart)
                {
                    _sheet.Flow(" (" + _link + ")");
                }

                _link = null;
            }
            else if (Is("td"u8) || Is("th"u8))
            {
                _sheet.Flow(" | ");
            }
            else if (Is("pre"u8))
            {
                _preDepth = Math.Max(0, _preDepth - 1);
            }

            _sheet.Break(PageElements.Breaks(PageElements.NameOf(_reader.Name)));
        }

        private readonly void Flow()
        {
            var text = Decode(_reader.Bytes);
            if (_isInTitle)
            {
                // The first title is the page's; what else is called one is of its drawings.
                (_titles == 1 ? _title : new TextSheet()).Flow(text);
            }
            else if (_preDepth > 0)
            {
                _sheet.Verbatim(text);
            }
            else
            {
                _sheet.Flow(text);
            }
        }

        private readonly bool IsHiddenFromReaders() =>
            AttributeReader.TryFind(_reader.Attributes, "aria-hidden"u8, out var value) && Ascii.EqualsIgnoreCase(value, "true"u8);

        private readonly string? Target()
        {
            if (!AttributeReader.TryFind(_reader.Attributes, "href"u8, out var value) || value.Length > MaxLinkBytes)
            {
                return null;
            }

            var href = Decode(value).Trim();
            if (href.Length == 0 || href.StartsWith('#'))
            {
                return null;
            }

            var isKnown = Uri.TryCreate(address, href, out var target);
            return !isKnown ? href : target!.Scheme is "http" or "https" or "mailto" ? target.AbsoluteUri : null;
        }

        private static string Decode(ReadOnlySpan<byte> utf8) => WebUtility.HtmlDecode(Encoding.UTF8.GetString(utf8));
    }
}

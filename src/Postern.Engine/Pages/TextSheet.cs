using System.Text;

namespace Postern.Engine.Pages;

/// <summary>Text being laid out: runs of white space become one space, breaks collect until something follows them.</summary>
internal sealed class TextSheet
{
    private readonly StringBuilder _text = new();
    private int _breaks;
    private bool _space;

    /// <summary>How much is there.</summary>
    public int Length => _text.Length;

    /// <summary>Adds running text; white space within it counts as one space, at most.</summary>
    public void Flow(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (IsSpace(c))
            {
                _space = true;
            }
            else
            {
                Settle();
                _text.Append(c);
            }
        }
    }

    /// <summary>Adds text whose line ends and spaces mean something.</summary>
    public void Verbatim(ReadOnlySpan<char> text)
    {
        if (!text.IsEmpty)
        {
            Settle();
            _text.Append(text);
        }
    }

    /// <summary>The next text begins a new line; two lines on when <paramref name="lines"/> is 2, where it is when that is 0.</summary>
    public void Break(int lines)
    {
        if (lines == 0)
        {
            return;
        }

        _breaks = Math.Max(_breaks, lines);
        _space = false;
    }

    /// <summary>Adds a mark that stands at the beginning of what follows.</summary>
    public void Mark(string mark)
    {
        Settle();
        _text.Append(mark);
        _space = false;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private void Settle()
    {
        if (_breaks > 0)
        {
            _text.Append('\n', _text.Length == 0 ? 0 : _breaks);
        }
        else if (_space && _text.Length > 0 && _text[^1] is not (' ' or '\n'))
        {
            _text.Append(' ');
        }

        (_breaks, _space) = (0, false);
    }

    /// <summary>HTML's white space (space, tab, line feed, form feed, carriage return); a no-break space is none.</summary>
    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\f' or '\r';
}

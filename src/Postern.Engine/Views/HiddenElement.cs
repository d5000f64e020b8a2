namespace Postern.Engine.Views;

/// <summary>Whether a reader of markup stands within an element that is out of sight, by the outermost such element.</summary>
internal ref struct HiddenElement
{
    private ReadOnlySpan<byte> _name;
    private int _depth;

    /// <summary>True within it.</summary>
    public readonly bool IsOpen => _depth > 0;

    /// <summary>A start tag; <paramref name="hides"/> when its element is out of sight, <paramref name="includesRaw"/> when that may be a script.</summary>
    public void Open(ReadOnlySpan<byte> name, bool hides, bool includesRaw = false)
    {
        if (_depth > 0 && Ascii.EqualsIgnoreCase(name, _name))
        {
            // A paragraph ends where the next one begins; other elements nest.
            _depth += Ascii.EqualsIgnoreCase(name, "p"u8) ? -1 : 1;
        }

        if (_depth == 0 && hides && !HtmlTags.IsVoid(name) && (includesRaw || !HtmlTags.IsRaw(name)))
        {
            _name = name;
            _depth = 1;
        }
    }

    /// <summary>An end tag.</summary>
    public void Close(ReadOnlySpan<byte> name)
    {
        if (_depth > 0 && Ascii.EqualsIgnoreCase(name, _name))
        {
            _depth--;
        }
    }
}

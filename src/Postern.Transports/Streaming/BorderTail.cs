using Postern.Engine.Flow;

namespace Postern.Transports.Streaming;

/// <summary>
/// Remembers the end of what one voice has said, so that the border between two pieces of it is looked at as one text: what is
/// split over pieces is still found.
/// </summary>
/// <param name="tailBytes">Bytes that are looked at on either side of the border.</param>
internal sealed class BorderTail(int tailBytes = BorderTail.DefaultBytes)
{
    /// <summary>Both sides and a blank between them make the 4 KiB up to which a text is also looked at without separators.</summary>
    public const int DefaultBytes = 2047;

    private const int Unchanged = -1;

    private byte[] _text = [];
    private int _length;
    private byte[] _before = [];
    private int _beforeLength = Unchanged;

    /// <summary>Adds the border to a message that says <paramref name="next"/>, and remembers its end.</summary>
    public void Cross(ReadOnlySpan<byte> next, MessageWriter writer)
    {
        if (next.IsEmpty)
        {
            return;
        }

        if (_length > 0)
        {
            var near = next[..Math.Min(next.Length, tailBytes)];
            writer.AddBorder(_text.AsSpan(0, _length), near);
            if (char.IsAsciiLetterOrDigit((char)_text[_length - 1]) && char.IsAsciiLetterOrDigit((char)near[0]))
            {
                // The reader may show pieces one below the other: then two words stand here, not one.
                _text[_length] = (byte)' ';
                writer.AddBorder(_text.AsSpan(0, _length + 1), near);
            }
        }

        Keep(next);
    }

    /// <summary>A new piece begins: what was said until now was heard.</summary>
    public void Settle() => _beforeLength = Unchanged;

    /// <summary>What was said since <see cref="Settle"/> was not passed on: the next piece follows what was said before it.</summary>
    public void TakeBack()
    {
        if (_beforeLength != Unchanged)
        {
            (_text, _before, _length) = (_before, _text, _beforeLength);
            Settle();
        }
    }

    /// <summary>True when <paramref name="next"/> is what was said last: saying it again shows nothing new.</summary>
    public bool Repeats(ReadOnlySpan<byte> next) => _length > 0 && _text.AsSpan(0, _length).EndsWith(next);

    private void Keep(ReadOnlySpan<byte> next)
    {
        if (_text.Length == 0)
        {
            _text = new byte[tailBytes + 1];
            _before = new byte[tailBytes + 1];
        }

        if (_beforeLength == Unchanged)
        {
            _text.AsSpan(0, _length).CopyTo(_before);
            _beforeLength = _length;
        }

        var kept = Math.Min(_length, Math.Max(0, tailBytes - next.Length));
        _text.AsSpan(_length - kept, kept).CopyTo(_text);
        var added = next[^Math.Min(next.Length, tailBytes)..];
        added.CopyTo(_text.AsSpan(kept));
        _length = kept + added.Length;
    }
}

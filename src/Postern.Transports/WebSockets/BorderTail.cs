using Postern.Engine.Flow;

namespace Postern.Transports.WebSockets;

/// <summary>
/// Remembers the end of what one side has sent, so that the border between two messages is looked at as one text: what is
/// split over messages is still found. 4 KiB to each side of the border.
/// </summary>
internal sealed class BorderTail
{
    private const int TailBytes = 4096;
    private byte[] _text = [];
    private int _length;

    /// <summary>Adds the border to a message whose payload is <paramref name="next"/>, and remembers its end.</summary>
    public void Cross(ReadOnlySpan<byte> next, MessageWriter writer)
    {
        if (next.IsEmpty)
        {
            return;
        }

        if (_length > 0)
        {
            var near = next[..Math.Min(next.Length, TailBytes)];
            AddJoined(default, near, writer);
            if (char.IsAsciiLetterOrDigit((char)_text[_length - 1]) && char.IsAsciiLetterOrDigit((char)near[0]))
            {
                // The reader may show messages one below the other: then two words stand here, not one.
                AddJoined(" "u8, near, writer);
            }
        }

        Keep(next);
    }

    private void AddJoined(ReadOnlySpan<byte> between, ReadOnlySpan<byte> near, MessageWriter writer)
    {
        between.CopyTo(_text.AsSpan(_length));
        near.CopyTo(_text.AsSpan(_length + between.Length));
        writer.Add(PartKind.Text, _text.AsSpan(0, _length + between.Length + near.Length));
    }

    private void Keep(ReadOnlySpan<byte> next)
    {
        if (_text.Length == 0)
        {
            _text = new byte[(2 * TailBytes) + 1];
        }

        var kept = Math.Min(_length, Math.Max(0, TailBytes - next.Length));
        _text.AsSpan(_length - kept, kept).CopyTo(_text);
        var added = next[^Math.Min(next.Length, TailBytes)..];
        added.CopyTo(_text.AsSpan(kept));
        _length = kept + added.Length;
    }
}

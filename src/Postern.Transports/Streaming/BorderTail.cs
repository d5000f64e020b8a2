using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Transports.Streaming;

/// <summary>
/// Remembers the end of what one voice has said, so that the border between two pieces of it is looked at as one text: what is
/// split over pieces is still found. Padding that nobody sees takes no room in it, on whichever side of the border it stands.
/// </summary>
/// <param name="tailBytes">Bytes that are looked at on either side of the border, padding not counted.</param>
internal sealed class BorderTail(int tailBytes = BorderTail.DefaultBytes)
{
    /// <summary>Both sides and a blank between them make the 4 KiB up to which a text is also looked at without separators.</summary>
    public const int DefaultBytes = 2047;

    /// <summary>From here on it is no accident that two pieces are the same.</summary>
    private const int MinRepeatBytes = 8;

    /// <summary>Of a piece that is so many tails long the beginning need not be read to know its end.</summary>
    private const int LongTails = 8;

    private const byte NoByte = 0xFF;

    private byte[] _text = [];
    private byte[] _next = [];
    private int _length;
    private bool _isRepeating;

    /// <summary>What was remembered before the piece that is under way; meaningless while <see cref="_isHeard"/>.</summary>
    private byte[] _before = [];
    private (int Length, FillerRun Run, bool IsRepeating) _was;
    private bool _isHeard = true;

    /// <summary>The padding that was said last; it stands before whatever comes next.</summary>
    private FillerRun _run;

    /// <summary>What is remembered, without what pads its end.</summary>
    public ReadOnlySpan<byte> Text => _text.AsSpan(0, _length);

    /// <summary>Adds the border to a message that says <paramref name="next"/>, and remembers its end.</summary>
    /// <param name="next">What is said now; empty says nothing.</param>
    /// <param name="writer">Gets the border.</param>
    /// <param name="isShown">False when the same border stands in the message already.</param>
    public void Cross(ReadOnlySpan<byte> next, MessageWriter writer, bool isShown = true)
    {
        if (next.IsEmpty)
        {
            return;
        }

        if (_text.Length == 0)
        {
            (_text, _next) = (new byte[tailBytes + 1], new byte[tailBytes]);
        }

        RememberBefore();
        var head = _next.AsSpan(0, Filler.Squeeze(ref next, _next, Last, ref _run));
        if (head.IsEmpty)
        {
            return;
        }

        if (_length > 0 && isShown)
        {
            var before = Filler.LeadOf(head);
            Show(head[Filler.Bytes(before)..], before, writer);
        }

        Keep(head);
        KeepEnd(next);
    }

    /// <summary>
    /// The same for a voice that says many things again and again, which shows nothing new. A few bytes may be said twice and mean
    /// it, a letter or a token of a text that comes in small pieces: they are remembered, and looked at once.
    /// </summary>
    public void CrossNews(ReadOnlySpan<byte> next, MessageWriter writer)
    {
        RememberBefore();
        var isAgain = Repeats(next);
        if (!isAgain || next.Length < MinRepeatBytes)
        {
            Cross(next, writer, isShown: !isAgain || !_isRepeating);
        }

        _isRepeating = isAgain;
    }

    /// <summary>A new piece begins: what was said until now was heard.</summary>
    public void Settle() => _isHeard = true;

    /// <summary>What was said since <see cref="Settle"/> was not passed on: the next piece follows what was said before it.</summary>
    public void TakeBack()
    {
        if (!_isHeard)
        {
            _before.AsSpan(0, _was.Length).CopyTo(_text);
            (_length, _run, _isRepeating) = _was;
            _isHeard = true;
        }
    }

    /// <summary>True when <paramref name="next"/> is what was said last.</summary>
    public bool Repeats(ReadOnlySpan<byte> next) => Text.EndsWith(next);

    private void RememberBefore()
    {
        if (!_isHeard)
        {
            return;
        }

        _isHeard = false;
        _was = (_length, _run, _isRepeating);
        if (_before.Length < _length)
        {
            _before = new byte[tailBytes + 1];
        }

        Text.CopyTo(_before);
    }

    private byte Last => _length > 0 ? _text[_length - 1] : NoByte;

    private void Show(ReadOnlySpan<byte> head, FillerRun before, MessageWriter writer)
    {
        var areWords = char.IsAsciiLetterOrDigit((char)Last) && char.IsAsciiLetterOrDigit((char)head[0]);
        if (areWords || before < FillerRun.Blank)
        {
            writer.AddBorder(Text, head);
        }

        if (areWords || before >= FillerRun.Blank)
        {
            // The reader may show pieces one below the other: then two words stand here, not one.
            _text[_length] = before == FillerRun.LineBreak ? (byte)'\n' : (byte)' ';
            writer.AddBorder(_text.AsSpan(0, _length + 1), head);
        }
    }

    private void KeepEnd(ReadOnlySpan<byte> rest)
    {
        if (rest.Length > LongTails * tailBytes && rest[^(LongTails * tailBytes / 2)..] is var end && IsEnough(end))
        {
            rest = end;
        }

        while (!rest.IsEmpty)
        {
            Keep(_next.AsSpan(0, Filler.Squeeze(ref rest, _next, Last, ref _run)));
        }
    }

    /// <summary>True when nothing before <paramref name="end"/> can still be remembered after it.</summary>
    private bool IsEnough(ReadOnlySpan<byte> end)
    {
        var run = FillerRun.None;
        return Filler.Squeeze(ref end, _next, NoByte, ref run) >= tailBytes - Filler.MaxBytes;
    }

    private void Keep(ReadOnlySpan<byte> added)
    {
        var kept = Math.Min(_length, tailBytes - added.Length);
        _text.AsSpan(_length - kept, kept).CopyTo(_text);
        added.CopyTo(_text.AsSpan(kept));
        _length = kept + added.Length;
    }
}

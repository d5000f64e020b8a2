namespace Postern.Engine.Evidence.Verification;

/// <summary>Reads a stream line by line with one buffer, which never grows beyond the longest permitted line.</summary>
internal sealed class EvidenceLines(Stream stream)
{
    private const int FirstBufferBytes = 64 * 1024;

    private byte[] _buffer = new byte[FirstBufferBytes];
    private int _start;
    private int _end;
    private int _searched;
    private bool _ended;
    private int _lineStart;
    private int _lineLength;

    /// <summary>The line read last, without its line feed; valid until the next read.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_lineStart, _lineLength);

    /// <summary>How many lines were read.</summary>
    public long Count { get; private set; }

    /// <summary>Bytes after the last line feed, known when <see cref="TryRead"/> has returned false.</summary>
    public int TornBytes { get; private set; }

    /// <summary>True when a line was longer than <see cref="EvidenceFormat.MaxLineBytes"/>; reading stopped there.</summary>
    public bool TooLong { get; private set; }

    /// <summary>Reads the next complete line; false at the end of the stream, before a torn line, and at a line that is too long.</summary>
    public bool TryRead()
    {
        while (true)
        {
            var feed = _buffer.AsSpan(_searched, _end - _searched).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                (_lineStart, _lineLength) = (_start, _searched + feed - _start);
                _start = _searched = _searched + feed + 1;
                TooLong = _lineLength > EvidenceFormat.MaxLineBytes;
                Count += TooLong ? 0 : 1;
                return !TooLong;
            }

            _searched = _end;
            TooLong = _end - _start > EvidenceFormat.MaxLineBytes;
            if (_ended || TooLong)
            {
                TornBytes = _end - _start;
                return false;
            }

            Fill();
        }
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_end, _searched, _start) = (_end - _start, _searched - _start, 0);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _ended = read == 0;
        _end += read;
    }
}

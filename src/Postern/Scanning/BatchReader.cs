namespace Postern.Program.Scanning;

/// <summary>Cuts a stream into batches of whole lines. What arrives is handed on at once, so that a caller who waits for an answer gets it.</summary>
internal sealed class BatchReader(Stream input)
{
    /// <summary>The longest line, in bytes.</summary>
    public const int MaxLineBytes = 64 * 1024 * 1024;

    // More would only delay the first answers; less would make handing over cost more than judging.
    private const int ReadBytes = 256 * 1024;

    private byte[] _buffer = new byte[ReadBytes];
    private int _held;
    private long _lines;

    /// <summary>The next batch; null at the end.</summary>
    /// <exception cref="ConfigException">A line is longer than <see cref="MaxLineBytes"/>.</exception>
    public async ValueTask<Batch?> ReadAsync(CancellationToken cancel)
    {
        while (true)
        {
            var searched = _held;
            var read = await input.ReadAsync(_buffer.AsMemory(_held), cancel).ConfigureAwait(false);
            _held += read;
            if (read == 0)
            {
                return _held == 0 ? null : Cut(_held);
            }

            var end = _buffer.AsSpan(searched, read).LastIndexOf((byte)'\n');
            if (end >= 0)
            {
                return Cut(searched + end + 1);
            }

            Grow();
        }
    }

    private void Grow()
    {
        if (_held < _buffer.Length)
        {
            return;
        }

        if (_held >= MaxLineBytes)
        {
            throw new ConfigException($"line {_lines + 1} is longer than {MaxLineBytes} bytes");
        }

        Array.Resize(ref _buffer, _buffer.Length * 2);
    }

    private Batch Cut(int length)
    {
        var batch = new Batch(_buffer.AsSpan(0, length).ToArray(), _lines + 1);
        _lines += batch.Bytes.AsSpan().Count((byte)'\n');
        _buffer.AsSpan(length, _held - length).CopyTo(_buffer);
        _held -= length;
        return batch;
    }
}

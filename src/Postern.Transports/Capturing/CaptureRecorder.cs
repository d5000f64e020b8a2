using System.Globalization;
using System.Security.Cryptography;
using System.Threading.Channels;
using Postern.Engine.Capturing;
using Postern.Transports.Evidence;

namespace Postern.Transports.Capturing;

/// <summary>
/// Seals captures and keeps them in files, behind a bounded queue: nobody waits for it. What finds the queue full, or the disk, is not
/// captured; it is counted, the files say where, and a note says that a gap began.
/// </summary>
public sealed class CaptureRecorder : ICapture, IAsyncDisposable
{
    /// <summary>Captures that may wait, in bytes.</summary>
    public const long QueueBytes = 32 * 1024 * 1024;

    /// <summary>After the disk failed, how long nothing is tried.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    /// <summary>How long the end of the program waits for a disk that does not answer.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly Channel<byte[]> _queue = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CaptureOptions _options;
    private readonly EscrowKey _key;
    private readonly IRecordFolder _folder;
    private readonly TimeProvider _time;
    private readonly Action<string> _note;
    private readonly DateTimeOffset _started;
    private readonly byte[] _run = RandomNumberGenerator.GetBytes(SealedHeader.RunBytes);
    private readonly Task _writing;
    private SealedFile? _file;
    private int _number;
    private DateTimeOffset _retryAt;
    private long _toldMissed;
    private int _inGap;
    private long _waiting;
    private long _taken;
    private long _missed;
    private long _sealedBytes;

    /// <summary>Begins to capture.</summary>
    /// <param name="options">Where, and how much.</param>
    /// <param name="key">Whom the files are sealed to; disposed with this.</param>
    /// <param name="time">The clock.</param>
    /// <param name="note">Is told when a gap begins and ends, and what was deleted; must not wait.</param>
    /// <exception cref="IOException">The directory cannot be made.</exception>
    public CaptureRecorder(CaptureOptions options, EscrowKey key, TimeProvider time, Action<string> note)
        : this(options, key, new CaptureFolder(options.Directory, options.MaxTotalBytes - options.MaxFileBytes, note), time, note)
    {
    }

    internal CaptureRecorder(CaptureOptions options, EscrowKey key, IRecordFolder folder, TimeProvider time, Action<string> note)
    {
        (_options, _key, _folder, _time, _note, _started) = (options, key, folder, time, note, time.GetUtcNow());
        _writing = Task.Run(WriteAllAsync);
    }

    /// <inheritdoc/>
    public CaptureTerms? Terms => _options.Terms;

    /// <summary>Captures that stand in a file.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Captures that found the queue or the disk full.</summary>
    public long Missed => Volatile.Read(ref _missed);

    /// <summary>Bytes of captures that were sealed.</summary>
    public long SealedBytes => Volatile.Read(ref _sealedBytes);

    /// <summary>True while what is inspected is not captured.</summary>
    public bool IsInGap => Volatile.Read(ref _inGap) != 0;

    /// <inheritdoc/>
    public void Take(byte[] capture)
    {
        ArgumentNullException.ThrowIfNull(capture);
        if (Interlocked.Add(ref _waiting, capture.Length) > QueueBytes || !_queue.Writer.TryWrite(capture))
        {
            Interlocked.Add(ref _waiting, -capture.Length);
            Miss("the queue is full");
        }
    }

    /// <summary>Keeps what waits and ends the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        try
        {
            await _writing.WaitAsync(s_patience, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The writer hangs in the disk; what it held is a file that was cut off, and readers say so.
            return;
        }

        _folder.Dispose();
        _key.Dispose();
    }

    private async Task WriteAllAsync()
    {
        await foreach (var capture in _queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            Keep(capture);
            if (Interlocked.Add(ref _waiting, -capture.Length) == 0 && _file is not null && Interlocked.Exchange(ref _inGap, 0) != 0)
            {
                _note(string.Create(CultureInfo.InvariantCulture, $"captures: the gap ended, {Missed} messages are not captured since the start"));
            }
        }

        Try(EndFile);
    }

    private void Keep(byte[] capture)
    {
        if (_time.GetUtcNow() < _retryAt || !Try(() => Write(capture)))
        {
            Miss("the disk is full or does not answer");
        }
    }

    private void Write(byte[] capture)
    {
        _file ??= Begin();
        var missed = Missed;
        _file.Add(capture, missed - _toldMissed);
        _toldMissed = missed;
        Interlocked.Increment(ref _taken);
        Interlocked.Add(ref _sealedBytes, capture.Length);
        if (_file.Length >= _options.MaxFileBytes)
        {
            EndFile();
        }
    }

    private SealedFile Begin()
    {
        var name = new SealedName(_started, _run, _number + 1);
        var file = _folder.Create(name.ToString());
        _number++;
        return new SealedFile(file, _key, name);
    }

    private void EndFile()
    {
        using var file = _file;
        _file = null;
        file?.End();
    }

    /// <summary>False when the disk failed: its file is done with, and what is in it is what can be read.</summary>
    private bool Try(Action act)
    {
        try
        {
            act();
            return true;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            _file?.Dispose();
            _file = null;
            _retryAt = _time.GetUtcNow() + s_pause;
            return false;
        }
    }

    private void Miss(string why)
    {
        Interlocked.Increment(ref _missed);
        if (Interlocked.Exchange(ref _inGap, 1) == 0)
        {
            _note("captures: a gap began, " + why);
        }
    }
}

using System.Security.Cryptography;
using Postern.Engine.Evidence;
using Postern.Program.Scanning.Files;
using Postern.Sandbox.Peers;
using Postern.Sandbox.Watching;

namespace Postern.Program.Sentinel;

/// <summary>Reads what somebody else writes at the same moment. Whatever changes after the reading is one more event, and read again.</summary>
internal sealed class FileReader
{
    /// <summary>Bytes of one file that are looked at.</summary>
    public const int MaxFileBytes = 16 * 1024 * 1024;

    /// <summary>Bytes that are looked at in a second; more waits.</summary>
    public const int MaxBytesPerSecond = 32 * 1024 * 1024;

    private readonly TimeProvider _time;
    private long _freeAt;

    public FileReader(TimeProvider time) => (_time, _freeAt) = (time, time.GetTimestamp());

    /// <summary>The file; null when there is nothing to read: no file, a link, a pipe.</summary>
    public (Sighting Seen, string Digest)? Read(FileChange change, WorkspaceWatch watch)
    {
        using var file = change.Root.Open(change.Relative);
        if (file is null || GuardedFolder.StatusOf(file) is not { IsRegular: true } status)
        {
            return null;
        }

        var bytes = new byte[Math.Min(status.Bytes, MaxFileBytes)];
        _freeAt = Math.Max(_freeAt, _time.GetTimestamp()) + (bytes.Length * _time.TimestampFrequency / MaxBytesPerSecond);
        var read = bytes.AsMemory(0, FileText.Read(file, bytes));
        var text = FileText.Readable(read);
        var seen = new Sighting(change.Root, change.Relative)
        {
            Identity = status,
            Text = FileText.IsBinary(text.Span) ? default : text,
            Unread = Math.Max(0, status.Bytes - MaxFileBytes),
            Writer = Named(watch.WriterOf(status)),
            Holder = Named(change.Holder),
        };
        return (seen, Convert.ToHexStringLower(SHA256.HashData(read.Span)));
    }

    private static PeerProcess? Named(LocalProcess? process) => process is null ? null : new PeerProcess(process.Process, process.Command, process.Executable);

    /// <summary>Waits until what was read has taken its time: each byte takes its share of a second.</summary>
    public async ValueTask RestAsync(CancellationToken cancel)
    {
        var wait = _time.GetElapsedTime(_time.GetTimestamp(), _freeAt) - TimeSpan.FromSeconds(1);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, _time, cancel).ConfigureAwait(false);
        }
    }
}

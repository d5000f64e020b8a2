using System.Text;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Evidence.Verification;
using Postern.Transports.Evidence;

namespace Postern.Transports.Tests.Evidence;

/// <summary>A disk in memory that fails, writes short or waits where a test says so, and knows what was flushed.</summary>
internal sealed class MemoryDisk : IRecordFolder
{
    private readonly Lock _lock = new();
    private readonly List<MemoryFile> _files = [];
    private int _writes;
    private int _flushes;
    private int _creates;

    public EvidenceSigner Signer { get; } = new(new ManagedEd25519(), new byte[32]);

    /// <summary>The write, counted from 1, that throws; and how many of its bytes reach the file before that.</summary>
    public int FailWrite { get; init; }

    public int BytesBeforeFailure { get; init; }

    public int FailFlush { get; init; }

    public int FailCreate { get; init; }

    /// <summary>Runs inside every write, before it does anything.</summary>
    public Action OnWrite { get; set; } = () => { };

    /// <summary>Runs inside every flush, before it does anything.</summary>
    public Action OnFlush { get; set; } = () => { };

    public int Writes => Volatile.Read(ref _writes);

    public int Flushes => Volatile.Read(ref _flushes);

    public IReadOnlyList<EvidenceFile> Files => [.. _files.Select(file => new EvidenceFile(file.Name, () => new MemoryStream(file.Bytes())))];

    /// <summary>What the disk would show after a crash of the process: every byte that was written.</summary>
    public string Text() => string.Concat(_files.Select(file => Encoding.UTF8.GetString(file.Bytes())));

    /// <summary>What it would show after a power cut: every byte that was flushed.</summary>
    public string FlushedText() => string.Concat(_files.Select(file => Encoding.UTF8.GetString(file.Bytes()[..(int)file.Flushed])));

    public FileRecorder Start(RecorderOptions? options = null, TimeProvider? time = null)
    {
        var header = new ChainHeader(0x1a2b3c4d, new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero), Convert.ToHexStringLower(Signer.PublicKey), "0.1.0");
        return FileRecorder.Start(RecorderStart.NewChain(this, header, Signer), this, options ?? new RecorderOptions(), time ?? new ManualTime());
    }

    public IRecordFile Create(string name)
    {
        if (Interlocked.Increment(ref _creates) == FailCreate)
        {
            throw new IOException("no room for a file");
        }

        var file = new MemoryFile(this, name);
        lock (_lock)
        {
            _files.Add(file);
        }

        return file;
    }

    public void Dispose()
    {
    }

    private sealed class MemoryFile(MemoryDisk disk, string name) : IRecordFile
    {
        private readonly MemoryStream _bytes = new();

        public string Name => name;

        public long Length => _bytes.Length;

        public long Flushed { get; private set; }

        public byte[] Bytes()
        {
            lock (_bytes)
            {
                return _bytes.ToArray();
            }
        }

        public void Write(ReadOnlySpan<byte> bytes)
        {
            disk.OnWrite();
            var fails = Interlocked.Increment(ref disk._writes) == disk.FailWrite;
            lock (_bytes)
            {
                _bytes.Write(fails ? bytes[..Math.Min(bytes.Length, disk.BytesBeforeFailure)] : bytes);
            }

            if (fails)
            {
                throw new IOException("the disk is gone");
            }
        }

        public void Flush()
        {
            disk.OnFlush();
            var length = Length;
            if (Interlocked.Increment(ref disk._flushes) == disk.FailFlush)
            {
                throw new IOException("the disk does not answer");
            }

            Flushed = length;
        }

        public void Dispose()
        {
        }
    }
}

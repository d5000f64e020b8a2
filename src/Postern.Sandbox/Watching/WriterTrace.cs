using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Postern.Sandbox.Kernel;
using Postern.Sandbox.Peers;

namespace Postern.Sandbox.Watching;

/// <summary>
/// Who writes into folders (fanotify). The kernel tells this to root alone, with the file that was written as an open descriptor, so a
/// file that is renamed afterwards keeps its writer.
/// </summary>
internal sealed unsafe class WriterTrace : IDisposable
{
    /// <summary>Files whose last writer is remembered.</summary>
    private const int MaxFiles = 4096;

    private const uint CloseOnExec = 0x1;
    private const uint DoNotBlock = 0x2;
    private const uint ReadLarge = 0x8000 | 0x80000;
    private const uint Add = 0x1;
    private const uint WholeFileSystem = 0x100;
    private const ulong Closed = 0x8;
    private const int Here = -100;
    private const int HeadBytes = 24;
    private const int RoomBytes = 16 * 1024;

    private readonly byte[] _room = new byte[RoomBytes];
    private readonly Dictionary<(ulong Device, ulong Inode), LocalProcess> _writers = [];
    private readonly Queue<(ulong Device, ulong Inode)> _oldest = [];

    private WriterTrace(int descriptor) => Descriptor = descriptor;

    /// <summary>For waiting.</summary>
    public int Descriptor { get; }

    /// <summary>One for the file systems of some folders: a folder that is made later needs nothing more. Null where the kernel does not allow it.</summary>
    public static WriterTrace? TryOpen(IEnumerable<string> folders)
    {
        var descriptor = Native.StartTrace(CloseOnExec | DoNotBlock, ReadLarge);
        if (descriptor < 0)
        {
            return null;
        }

        if (folders.All(folder => Native.MarkTrace(descriptor, Add | WholeFileSystem, Closed, Here, folder) == 0))
        {
            return new WriterTrace(descriptor);
        }

        _ = Native.Close(descriptor);
        return null;
    }

    /// <summary>Who wrote the file last; null when nobody was seen.</summary>
    public LocalProcess? WriterOf(in FileIdentity file) => _writers.GetValueOrDefault((file.Device, file.Inode));

    /// <summary>Takes what is there.</summary>
    public void Take()
    {
        for (nint length; (length = Read()) > 0;)
        {
            for (var rest = _room.AsSpan(0, (int)length); rest.Length >= HeadBytes; rest = rest[BinaryPrimitives.ReadInt32LittleEndian(rest)..])
            {
                var descriptor = BinaryPrimitives.ReadInt32LittleEndian(rest[16..]);
                if (descriptor >= 0)
                {
                    using var file = new SafeFileHandle(descriptor, ownsHandle: true);
                    Note(file, BinaryPrimitives.ReadInt32LittleEndian(rest[20..]));
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ = Native.Close(Descriptor);

    private nint Read()
    {
        fixed (byte* room = _room)
        {
            return Native.Read(Descriptor, room, RoomBytes);
        }
    }

    private void Note(SafeFileHandle file, int process)
    {
        if (process == Environment.ProcessId || GuardedFolder.StatusOf(file) is not { } status)
        {
            return;
        }

        var key = (status.Device, status.Inode);
        if (!_writers.TryGetValue(key, out var known))
        {
            _oldest.Enqueue(key);
        }

        if (known?.Process != process)
        {
            _writers[key] = LocalProcess.Of(process);
        }

        if (_oldest.Count > MaxFiles)
        {
            _writers.Remove(_oldest.Dequeue());
        }
    }
}

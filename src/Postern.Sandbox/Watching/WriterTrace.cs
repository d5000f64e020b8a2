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
    private const ulong Closed = 0x8;
    private const ulong OfChildren = 0x08000000;
    private const int Here = -100;
    private const int HeadBytes = 24;
    private const int RoomBytes = 16 * 1024;

    private readonly byte[] _room = new byte[RoomBytes];
    private readonly Dictionary<(ulong Device, ulong Inode), LocalProcess> _writers = [];

    private WriterTrace(int descriptor) => Descriptor = descriptor;

    /// <summary>For waiting.</summary>
    public int Descriptor { get; }

    /// <summary>One, or null where the kernel does not allow it.</summary>
    public static WriterTrace? TryOpen()
    {
        var descriptor = Native.StartTrace(CloseOnExec | DoNotBlock, ReadLarge);
        return descriptor < 0 ? null : new WriterTrace(descriptor);
    }

    /// <summary>Watches the writers in one folder.</summary>
    public void Watch(string path) => _ = Native.MarkTrace(Descriptor, Add, Closed | OfChildren, Here, path);

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

        if (_writers.Count >= MaxFiles)
        {
            _writers.Clear();
        }

        var key = (status.Device, status.Inode);
        if (!_writers.TryGetValue(key, out var known) || known.Process != process || known.Command.Length == 0)
        {
            _writers[key] = LocalProcess.Of(process);
        }
    }
}

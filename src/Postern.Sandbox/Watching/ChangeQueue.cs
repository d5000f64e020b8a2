using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Postern.Sandbox.Kernel;

namespace Postern.Sandbox.Watching;

/// <summary>The kernel's queue of changes to folders (inotify). Anybody may have one; it does not say who changed what.</summary>
internal sealed unsafe class ChangeQueue : IDisposable
{
    public const uint Modified = 0x2;
    public const uint Closed = 0x8;
    public const uint MovedFrom = 0x40;
    public const uint MovedTo = 0x80;
    public const uint Created = 0x100;
    public const uint Deleted = 0x200;
    public const uint Overflowed = 0x4000;
    public const uint Ignored = 0x8000;
    public const uint IsFolder = 0x40000000;

    private const uint OnlyFolders = 0x01000000;
    private const int DoNotBlock = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int HeadBytes = 16;
    private const int RoomBytes = 64 * 1024;

    private readonly byte[] _room = new byte[RoomBytes];

    /// <summary>Opens one.</summary>
    /// <exception cref="ContainmentException">The kernel has none left for this user.</exception>
    public ChangeQueue()
    {
        Descriptor = Native.StartWatch(DoNotBlock | CloseOnExec);
        if (Descriptor < 0)
        {
            throw Native.Failure("no watch over files (fs.inotify.max_user_instances)");
        }
    }

    /// <summary>For waiting.</summary>
    public int Descriptor { get; }

    /// <summary>Watches one folder, not what is below it; negative when the kernel refuses.</summary>
    /// <param name="path">As <c>/proc/self/fd/NUMBER</c>: the folder that was opened, whatever its name leads to by now.</param>
    public int Add(string path) => Native.AddWatch(Descriptor, path, Modified | Closed | MovedFrom | MovedTo | Created | Deleted | OnlyFolders);

    /// <summary>Watches it no longer.</summary>
    public void Remove(int watch) => _ = Native.RemoveWatch(Descriptor, watch);

    /// <summary>Takes what is there, at most one room full.</summary>
    public void Take(List<RawChange> into)
    {
        nint length;
        fixed (byte* room = _room)
        {
            length = Native.Read(Descriptor, room, RoomBytes);
        }

        for (var rest = _room.AsSpan(0, (int)Math.Max(0, length)); rest.Length >= HeadBytes;)
        {
            var nameBytes = BinaryPrimitives.ReadInt32LittleEndian(rest[12..]);
            var name = rest.Slice(HeadBytes, nameBytes);
            into.Add(new RawChange(BinaryPrimitives.ReadInt32LittleEndian(rest), BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]), Encoding.UTF8.GetString(name[..Math.Max(0, name.IndexOf((byte)0))])));
            rest = rest[(HeadBytes + nameBytes)..];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ = Native.Close(Descriptor);
}

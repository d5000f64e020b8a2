using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Postern.Sandbox.Kernel;

namespace Postern.Sandbox.Watching;

/// <summary>
/// A directory that somebody else changes while it is looked at. Everything in it is opened by the kernel without following a single
/// link and without leaving it, so that whoever swaps a folder for a link gets an error and not a file of the operator's.
/// </summary>
public sealed unsafe class GuardedFolder : IDisposable
{
    private const ulong PathOnly = 0x200000;
    private const ulong CloseOnExec = 0x80000;
    private const ulong DoNotBlock = 0x800;
    private const ulong NoLinks = 0x02 | 0x04; // neither the kernel's own nor anybody else's
    private const ulong Beneath = 0x08;
    private const int OfDescriptor = 0x1000;
    private const int NoFollow = 0x100;
    private const uint BasicStatus = 0x7ff;
    private const int StatusBytes = 256;
    private const uint NoReplace = 1;

    private readonly SafeFileHandle _folder;

    /// <summary>Opens it.</summary>
    /// <param name="path">Absolute, without links.</param>
    /// <exception cref="ContainmentException">It is no directory that can be opened.</exception>
    public GuardedFolder(string path)
    {
        Path = path;
        var descriptor = Native.Open(path, (int)(PathOnly | CloseOnExec));
        _folder = new SafeFileHandle(descriptor, ownsHandle: true);
        if (descriptor < 0 || !Directory.Exists(path))
        {
            throw new ContainmentException($"{path}: cannot be watched: {(descriptor < 0 ? Marshal.GetPInvokeErrorMessage(Native.Error) : "no directory")}");
        }
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    private int Descriptor => (int)_folder.DangerousGetHandle();

    /// <summary>Opens a file in it for reading, without waiting for whoever is at the other end of a pipe; null when there is none, or only by a link.</summary>
    public SafeFileHandle? Open(string relative) => Open(relative, CloseOnExec | DoNotBlock);

    /// <summary>Opens a file or folder in it as a mere place; null when there is none, or only by a link.</summary>
    public SafeFileHandle? OpenPlace(string relative) => Open(relative.Length == 0 ? "." : relative, CloseOnExec | PathOnly);

    /// <summary>What an open file is; null when the kernel does not say.</summary>
    public static FileIdentity? StatusOf(SafeFileHandle file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return StatusOf((int)file.DangerousGetHandle(), "", OfDescriptor);
    }

    /// <summary>
    /// Moves a file into another folder of the same file system, if it is the one that was looked at. What somebody put in its place in
    /// the meantime is given back.
    /// </summary>
    /// <param name="relative">The file.</param>
    /// <param name="expected">Which one it must be.</param>
    /// <param name="to">Where it goes.</param>
    /// <param name="name">What it is called there; nothing is written over.</param>
    /// <returns>Null when it was moved, else why not, for people.</returns>
    public string? Move(string relative, in FileIdentity expected, GuardedFolder to, string name)
    {
        ArgumentNullException.ThrowIfNull(to);
        using var parent = OpenPlace(System.IO.Path.GetDirectoryName(relative) ?? "");
        if (parent is null)
        {
            return "its folder is not there any more";
        }

        var (from, leaf) = ((int)parent.DangerousGetHandle(), System.IO.Path.GetFileName(relative));
        if (Native.Rename(from, leaf, to.Descriptor, name, NoReplace) < 0)
        {
            return Native.Error == Errno.OtherDevice ? "the quarantine is on another file system" : Marshal.GetPInvokeErrorMessage(Native.Error);
        }

        if (StatusOf(to.Descriptor, name, NoFollow) is { } moved && moved.IsSameFile(expected))
        {
            return null;
        }

        return Native.Rename(to.Descriptor, name, from, leaf, NoReplace) < 0
            ? $"another file had taken its name, and is in the quarantine as {name}"
            : "another file had taken its name";
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private SafeFileHandle? Open(string relative, ulong flags)
    {
        var how = stackalloc ulong[3] { flags, 0, NoLinks | Beneath };
        var name = Encoding.UTF8.GetBytes(relative + "\0");
        fixed (byte* at = name)
        {
            var descriptor = Native.Call(Native.OpenBeneath, Descriptor, (nint)at, (nint)how, 3 * sizeof(ulong));
            return descriptor < 0 ? null : new SafeFileHandle((nint)descriptor, ownsHandle: true);
        }
    }

    /// <summary>Reads <c>struct statx</c> (linux/stat.h), the same on every architecture.</summary>
    private static FileIdentity? StatusOf(int folder, string path, int flags)
    {
        var room = stackalloc byte[StatusBytes];
        if (Native.Status(folder, path, flags, BasicStatus, room) < 0)
        {
            return null;
        }

        var status = new ReadOnlySpan<byte>(room, StatusBytes);
        var type = BinaryPrimitives.ReadUInt16LittleEndian(status[28..]) & 0xF000;
        return new FileIdentity(BinaryPrimitives.ReadUInt64LittleEndian(status[136..]), BinaryPrimitives.ReadUInt64LittleEndian(status[32..]))
        {
            IsRegular = type == 0x8000,
            IsFolder = type == 0x4000,
            Links = BinaryPrimitives.ReadUInt32LittleEndian(status[16..]),
            Bytes = BinaryPrimitives.ReadInt64LittleEndian(status[40..]),
            ChangedNs = (BinaryPrimitives.ReadInt64LittleEndian(status[96..]) * 1_000_000_000) + BinaryPrimitives.ReadUInt32LittleEndian(status[104..]),
        };
    }
}

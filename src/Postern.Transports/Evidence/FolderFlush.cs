using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Postern.Transports.Evidence;

/// <summary>
/// Makes the names in a directory stand on the disk: a file that was flushed is lost in a power cut all the same when its name was
/// not (fsync(2), notes). The BCL opens no directories. Elsewhere than on Linux the file system is trusted to keep names.
/// </summary>
internal static class FolderFlush
{
    /// <summary>O_RDONLY and O_CLOEXEC, the same on every Linux that .NET runs on.</summary>
    private const int ReadAndClose = 0x80000;

    /// <summary>Returns when the directory's names are kept.</summary>
    /// <exception cref="IOException">They are not.</exception>
    public static void Run(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var handle = new SafeFileHandle(open(path, ReadAndClose), ownsHandle: true);
        if (handle.IsInvalid)
        {
            throw new IOException($"the directory {path} cannot be flushed: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }

        RandomAccess.FlushToDisk(handle);
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}

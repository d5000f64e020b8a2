using System.Buffers.Binary;

namespace Postern.Sandbox.Kernel;

/// <summary>The loopback interface of a new network namespace, which is down at first.</summary>
internal static unsafe class Loopback
{
    private const nuint SetFlags = 0x8914;
    private const short UpAndRunning = 0x41;
    private const int NameBytes = 16;

    /// <summary>Takes it up.</summary>
    /// <exception cref="ContainmentException">The kernel refused.</exception>
    public static void Raise()
    {
        var any = RawSocket.Any();
        Span<byte> request = stackalloc byte[40];
        request.Clear();
        "lo"u8.CopyTo(request);
        BinaryPrimitives.WriteInt16LittleEndian(request[NameBytes..], UpAndRunning);
        fixed (byte* at = request)
        {
            Native.Check(Native.Ioctl(any, SetFlags, at), "loopback");
        }

        Native.Close(any);
    }
}

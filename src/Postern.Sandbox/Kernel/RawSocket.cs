using System.Runtime.InteropServices;
using System.Text;

namespace Postern.Sandbox.Kernel;

/// <summary>The few socket calls of the stage. The runtime's own sockets would bring threads and descriptors, and time before the command starts.</summary>
internal static unsafe class RawSocket
{
    private const int Backlog = 512;
    private const int CloseOnExec = 0x80000;
    private const int Stream = 1;
    private const int Datagram = 2;
    private const int NoSignal = 0x4000;
    private const ushort Unix = 1;
    private const ushort Inet = 2;

    /// <summary>A connection to the Unix socket at <paramref name="path"/>.</summary>
    /// <exception cref="ContainmentException">Nobody listens there.</exception>
    public static int Connect(string path)
    {
        Span<byte> address = stackalloc byte[110];
        address.Clear();
        MemoryMarshal.Write(address, Unix);
        Encoding.UTF8.GetBytes(path, address[2..^1]);
        var socket = New(Unix, Stream);
        fixed (byte* at = address)
        {
            Native.Check(Native.Call(Numbers.Connect, socket, (nint)at, address.Length), "the firewall");
        }

        return socket;
    }

    /// <summary>A TCP listener on 127.0.0.1.</summary>
    /// <exception cref="ContainmentException">The port is not to be had.</exception>
    public static int Listen(int port)
    {
        var address = stackalloc byte[16] { (byte)Inet, 0, (byte)(port >> 8), (byte)port, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0 };
        var socket = New(Inet, Stream);
        Native.Check(Native.Call(Numbers.Bind, socket, (nint)address, 16), $"port {port} inside");
        Native.Check(Native.Call(Numbers.Listen, socket, Backlog), $"port {port} inside");
        return socket;
    }

    /// <summary>A socket to ask the kernel about interfaces.</summary>
    public static int Any() => New(Inet, Datagram);

    /// <summary>Reads until <paramref name="room"/> is full.</summary>
    /// <exception cref="ContainmentException">The other side ended first.</exception>
    public static void Fill(int socket, Span<byte> room)
    {
        fixed (byte* at = room)
        {
            for (var done = 0; done < room.Length;)
            {
                var read = Native.Call(Numbers.Read, socket, (nint)(at + done), room.Length - done);
                done += read > 0 ? (int)read : throw new ContainmentException("the firewall ended before the command could start");
            }
        }
    }

    /// <summary>Writes all of <paramref name="bytes"/>.</summary>
    /// <exception cref="ContainmentException">The other side is gone.</exception>
    public static void Put(int socket, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* at = bytes)
        {
            for (var done = 0; done < bytes.Length;)
            {
                done += (int)Native.Check(Native.Call(Numbers.SendTo, socket, (nint)(at + done), bytes.Length - done, NoSignal, 0), "the stage");
            }
        }
    }

    private static int New(int family, int type) => (int)Native.Check(Native.Call(Numbers.Socket, family, type | CloseOnExec), "socket");
}

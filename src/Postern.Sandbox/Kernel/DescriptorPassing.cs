using System.Runtime.InteropServices;

namespace Postern.Sandbox.Kernel;

/// <summary>Hands an open descriptor through a Unix socket (<c>SCM_RIGHTS</c>): the way a listener leaves its network namespace.</summary>
internal static unsafe class DescriptorPassing
{
    private const int SocketLevel = 1;
    private const int Rights = 1;
    private const int CloseOnExec = 0x40000000;
    private const int NoSignal = 0x4000;
    private const int PeerCredentials = 17;

    // struct cmsghdr (length of eight bytes, level, type) and one descriptor, rounded up to eight.
    private const int HeaderBytes = 16;
    private const int ControlBytes = HeaderBytes + 8;

    /// <summary>Sends <paramref name="mark"/>, with <paramref name="descriptor"/> when it is not negative.</summary>
    /// <exception cref="ContainmentException">Nobody is there.</exception>
    public static void Give(int socket, byte mark, int descriptor = -1)
    {
        var control = stackalloc byte[ControlBytes];
        *(nint*)control = HeaderBytes + sizeof(int);
        ((int*)control)[2] = SocketLevel;
        ((int*)control)[3] = Rights;
        ((int*)control)[4] = descriptor;
        var piece = new Piece { At = &mark, Length = 1 };
        var message = new Message { Pieces = &piece, Count = 1, Control = control, ControlLength = ControlBytes };
        if (descriptor < 0)
        {
            message.Control = null;
            message.ControlLength = 0;
        }

        Native.Check(Native.SendMessage(socket, &message, NoSignal), "the firewall");
    }

    /// <summary>Waits for a mark.</summary>
    /// <returns>The mark, or -1 when the other side is gone, and the descriptor that came with it, or -1.</returns>
    public static (int Mark, int Descriptor) Take(int socket)
    {
        byte mark = 0;
        var control = stackalloc byte[ControlBytes];
        var piece = new Piece { At = &mark, Length = 1 };
        var message = new Message { Pieces = &piece, Count = 1, Control = control, ControlLength = ControlBytes };
        var read = Native.ReceiveMessage(socket, &message, CloseOnExec);
        var came = read == 1 && message.ControlLength >= HeaderBytes + sizeof(int) && ((int*)control)[3] == Rights;
        return (read == 1 ? mark : -1, came ? ((int*)control)[4] : -1);
    }

    /// <summary>The process at the other end, as this process numbers it, and its user.</summary>
    public static (int Process, uint User) PeerOf(int socket)
    {
        var credentials = stackalloc int[3];
        var length = 3 * sizeof(int);
        Native.Check(Native.GetOption(socket, SocketLevel, PeerCredentials, credentials, &length), "peer");
        return (credentials[0], (uint)credentials[1]);
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Piece
    {
        public byte* At;
        public nint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Message
    {
        public void* Name;
        public int NameLength;
        public Piece* Pieces;
        public nint Count;
        public void* Control;
        public nint ControlLength;
        public int Flags;
    }
}

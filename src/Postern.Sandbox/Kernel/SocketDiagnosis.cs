using System.Buffers.Binary;
using System.Net;

namespace Postern.Sandbox.Kernel;

/// <summary>Asks the kernel for one TCP connection of this machine (sock_diag). One question and one answer, however many connections there are.</summary>
internal sealed unsafe class SocketDiagnosis : IDisposable
{
    private const int Netlink = 16;
    private const int Raw = 3;
    private const int CloseOnExec = 0x80000;
    private const int Diagnosis = 4;
    private const int DontWait = 0x40;
    private const ushort ByFamily = 20;
    private const ushort IsRequest = 1;
    private const int HeadBytes = 16;
    private const int QuestionBytes = HeadBytes + 56;
    private const int InodeAt = HeadBytes + 68;
    private const byte Tcp = 6;

    private readonly int _socket = (int)Native.Call(Numbers.Socket, Netlink, Raw | CloseOnExec, Diagnosis);

    /// <summary>The inode of the socket at <paramref name="near"/> that is connected to <paramref name="far"/>; 0 when there is none.</summary>
    public uint InodeOf(IPEndPoint near, IPEndPoint far)
    {
        var isMapped = near.Address.IsIPv4MappedToIPv6;
        var (source, target) = isMapped ? (near.Address.MapToIPv4(), far.Address.MapToIPv4()) : (near.Address, far.Address);
        Span<byte> question = stackalloc byte[QuestionBytes];
        question.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(question, QuestionBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(question[4..], ByFamily);
        BinaryPrimitives.WriteUInt16LittleEndian(question[6..], IsRequest);
        var request = question[HeadBytes..];
        request[0] = (byte)(source.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 2 : 10);
        request[1] = Tcp;
        request.Slice(4, 4).Fill(0xff);
        BinaryPrimitives.WriteUInt16BigEndian(request[8..], (ushort)near.Port);
        BinaryPrimitives.WriteUInt16BigEndian(request[10..], (ushort)far.Port);
        source.TryWriteBytes(request[12..], out _);
        target.TryWriteBytes(request[28..], out _);

        // No cookie: whichever connection has these four numbers.
        request.Slice(48, 8).Fill(0xff);
        return Ask(question);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_socket >= 0)
        {
            _ = Native.Close(_socket);
        }
    }

    private uint Ask(ReadOnlySpan<byte> question)
    {
        Span<byte> answer = stackalloc byte[1024];
        fixed (byte* asked = question, room = answer)
        {
            if (_socket < 0 || Native.Call(Numbers.SendTo, _socket, (nint)asked, question.Length, 0, 0) != question.Length)
            {
                return 0;
            }

            // The kernel answers within the call that asks; an error is shorter than a connection.
            var length = (int)Native.Call(Numbers.RecvFrom, _socket, (nint)room, answer.Length, DontWait, 0);
            return length >= InodeAt + 4 && BinaryPrimitives.ReadUInt16LittleEndian(answer[4..]) == ByFamily ? BinaryPrimitives.ReadUInt32LittleEndian(answer[InodeAt..]) : 0;
        }
    }
}

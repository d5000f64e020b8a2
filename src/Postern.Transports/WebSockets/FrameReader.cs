using System.Buffers.Binary;
using System.Text.Unicode;
using Postern.Transports.Streaming;

namespace Postern.Transports.WebSockets;

/// <summary>
/// Sans-I/O reading of one side of a WebSocket (RFC 6455 §5): bytes in, whole messages and control frames out. Strict: the
/// first fault ends it. Holds at most one message and one chunk; a length is bounded before room is made for it.
/// </summary>
/// <param name="from">Whose frames these are.</param>
/// <param name="maxMessageBytes">Longest message, all its fragments together.</param>
internal sealed class FrameReader(SocketPeer from, int maxMessageBytes) : IDisposable
{
    private readonly PieceBuffer _input = new();
    private readonly MessageBuffer _message = new();
    private readonly MessageBuffer _control = new();
    private FrameHead _head;
    private long _taken;
    private bool _isInFrame;

    /// <summary>The kind of the message that is under way; <see cref="SocketOpcode.Continuation"/> between messages.</summary>
    private SocketOpcode _open;
    private bool _isSpent;

    /// <summary>True after a fault or a close frame: nothing that follows is read.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Takes all of <paramref name="bytes"/>.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        if (!HasEnded)
        {
            _input.Append(bytes);
        }
    }

    /// <summary>The next piece; its payload is valid until the next call.</summary>
    public bool TryNext(out SocketPiece piece)
    {
        piece = default;
        Forget();
        while (!HasEnded && TryFrame(out var fault))
        {
            if (fault != SocketFault.None)
            {
                piece = End(fault);
                return true;
            }

            if (TryPiece(out piece))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _input.Dispose();
        _message.Dispose();
        _control.Dispose();
    }

    /// <summary>True when a frame is complete or a fault was found; false when bytes are missing.</summary>
    private bool TryFrame(out SocketFault fault)
    {
        fault = SocketFault.None;
        if (!_isInFrame)
        {
            if (!FrameHead.TryRead(_input.Unread, from, out _head, out fault))
            {
                return fault != SocketFault.None;
            }

            fault = Admit(_head);
            if (fault != SocketFault.None)
            {
                return true;
            }

            _input.Consume(_head.HeadBytes);
            (_isInFrame, _taken) = (true, 0);
        }

        TakePayload();
        _isInFrame = _taken < _head.PayloadBytes;
        return !_isInFrame;
    }

    private SocketFault Admit(in FrameHead head)
    {
        if (head.IsControl)
        {
            return SocketFault.None;
        }

        if (head.Opcode == SocketOpcode.Continuation)
        {
            if (_open == SocketOpcode.Continuation)
            {
                return SocketFault.StrayContinuation;
            }
        }
        else if (_open != SocketOpcode.Continuation)
        {
            return SocketFault.InterleavedMessage;
        }
        else
        {
            _open = head.Opcode;
        }

        return head.PayloadBytes > maxMessageBytes - _message.Count ? SocketFault.MessageTooLarge : SocketFault.None;
    }

    private void TakePayload()
    {
        var here = (int)Math.Min(_head.PayloadBytes - _taken, _input.Count);
        if (here == 0)
        {
            return;
        }

        var copy = (_head.IsControl ? _control : _message).Append(_input.Unread[..here]);
        FrameMask.Apply(copy, FrameMask.At(_head.Mask, _taken));
        _input.Consume(here);
        _taken += here;
    }

    /// <summary>Turns a complete frame into a piece; false for a fragment that is not the last.</summary>
    private bool TryPiece(out SocketPiece piece)
    {
        piece = default;
        if (_head.Opcode == SocketOpcode.Close)
        {
            piece = Close();
        }
        else if (_head.IsControl)
        {
            piece = new SocketPiece { Opcode = _head.Opcode, Payload = _control.Bytes };
        }
        else if (!_head.IsFinal)
        {
            return false;
        }
        else if (_open == SocketOpcode.Text && !Utf8.IsValid(_message.Bytes))
        {
            piece = End(SocketFault.InvalidText);
        }
        else
        {
            piece = new SocketPiece { Opcode = _open, Payload = _message.Bytes };
        }

        _isSpent = true;
        return true;
    }

    private SocketPiece Close()
    {
        var payload = _control.Bytes;
        HasEnded = true;
        if (payload.IsEmpty)
        {
            return new SocketPiece { Opcode = SocketOpcode.Close, CloseCode = CloseCode.None };
        }

        if (payload.Length < 2 || BinaryPrimitives.ReadUInt16BigEndian(payload) is var code && !CloseCode.IsSendable(code))
        {
            return End(SocketFault.CloseCode);
        }

        return Utf8.IsValid(payload[2..])
            ? new SocketPiece { Opcode = SocketOpcode.Close, CloseCode = code, Payload = payload[2..] }
            : End(SocketFault.InvalidText);
    }

    private SocketPiece End(SocketFault fault)
    {
        HasEnded = true;
        return new SocketPiece { Opcode = _head.Opcode, Fault = fault };
    }

    private void Forget()
    {
        if (!_isSpent)
        {
            return;
        }

        _isSpent = false;
        if (_head.IsControl)
        {
            _control.Clear();
        }
        else
        {
            _message.Clear();
            _open = SocketOpcode.Continuation;
        }
    }
}

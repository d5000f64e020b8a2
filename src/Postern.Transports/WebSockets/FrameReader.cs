using System.Buffers.Binary;
using System.Text.Unicode;
using Postern.Transports.Streaming;
using Postern.Transports.WebSockets.Deflate;

namespace Postern.Transports.WebSockets;

/// <summary>
/// Sans-I/O reading of one side of a WebSocket (RFC 6455 §5, RFC 7692): bytes in, whole messages and control frames out. Strict: the
/// first fault ends it, in the middle of a message or frame too. Holds at most one message and one chunk; a length is bounded before
/// room is made for it. Between messages it holds nothing but the window of the inflater.
/// </summary>
/// <param name="from">Whose frames these are.</param>
/// <param name="maxMessageBytes">Longest message, all its fragments together and decompressed.</param>
/// <param name="inflater">Undoes compression; null when none was agreed on. Owned.</param>
internal sealed class FrameReader(SocketPeer from, int maxMessageBytes, MessageInflater? inflater = null) : IDisposable
{
    /// <summary>Frames of one message: fragments may be empty, and would otherwise never end. 1 MiB in pieces of 16 bytes.</summary>
    private const int MaxFragments = 64 * 1024;

    private readonly PieceBuffer _input = new();
    private readonly MessageBuffer _message = new();

    /// <summary>The payload of a control frame, or compressed bytes on their way to the inflater.</summary>
    private readonly MessageBuffer _aside = new();
    private TextCheck _text;
    private FrameHead _head;
    private long _taken;
    private int _fragments;
    private bool _isInFrame;

    /// <summary>The kind of the message that is under way; <see cref="SocketOpcode.Continuation"/> between messages.</summary>
    private SocketOpcode _open;
    private bool _isDeflated;
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

        _input.Rest();
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _input.Dispose();
        _message.Dispose();
        _aside.Dispose();
        inflater?.Dispose();
    }

    /// <summary>True when a frame is complete or a fault was found; false when bytes are missing.</summary>
    private bool TryFrame(out SocketFault fault)
    {
        fault = SocketFault.None;
        if (!_isInFrame)
        {
            if (!FrameHead.TryRead(_input.Unread, from, inflater is not null, out _head, out fault))
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

        fault = TakePayload();
        _isInFrame = _taken < _head.PayloadBytes;
        return fault != SocketFault.None || !_isInFrame;
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
            (_open, _isDeflated) = (head.Opcode, head.IsDeflated);
        }

        // Of a compressed message the inflater says when it is too long.
        var isTooLong = ++_fragments > MaxFragments || (!_isDeflated && head.PayloadBytes > maxMessageBytes - _message.Count);
        return isTooLong ? SocketFault.MessageTooLarge : SocketFault.None;
    }

    private SocketFault TakePayload()
    {
        var here = (int)Math.Min(_head.PayloadBytes - _taken, _input.Count);
        if (here == 0)
        {
            return SocketFault.None;
        }

        var isAside = _head.IsControl || _isDeflated;
        var copy = (isAside ? _aside : _message).Append(_input.Unread[..here]);
        FrameMask.Apply(copy, FrameMask.At(_head.Mask, _taken));
        _input.Consume(here);
        _taken += here;
        if (_head.IsControl)
        {
            return SocketFault.None;
        }

        var fault = SocketFault.None;
        if (_isDeflated)
        {
            fault = inflater!.Inflate(copy, _message);
            _aside.Clear();
        }

        return fault != SocketFault.None ? fault : CheckText(isComplete: false);
    }

    private SocketFault CheckText(bool isComplete) =>
        _open != SocketOpcode.Text || _text.IsSound(_message.Bytes, isComplete) ? SocketFault.None : SocketFault.InvalidText;

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
            piece = new SocketPiece { Opcode = _head.Opcode, Payload = _aside.Bytes };
        }
        else if (!_head.IsFinal)
        {
            return false;
        }
        else
        {
            var fault = _isDeflated ? inflater!.Finish(_message) : SocketFault.None;
            fault = fault != SocketFault.None ? fault : CheckText(isComplete: true);
            piece = fault != SocketFault.None ? End(fault) : new SocketPiece { Opcode = _open, Payload = _message.Bytes };
        }

        _isSpent = true;
        return true;
    }

    private SocketPiece Close()
    {
        var payload = _aside.Bytes;
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
        _aside.Clear();
        if (!_head.IsControl)
        {
            _message.Clear();
            (_open, _text, _fragments) = (SocketOpcode.Continuation, default, 0);
        }
    }
}

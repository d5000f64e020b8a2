using System.Buffers;
using System.Text;

namespace Postern.Engine.Flow;

/// <summary>
/// Copies the pieces of one message into one pooled buffer, once. Pieces stand in order, separated by line feeds, so that the
/// whole head can be looked at as one text. Dispose it if <see cref="Seal"/> was not reached.
/// </summary>
public sealed class MessageWriter : IDisposable
{
    private byte[] _bytes;
    private Part[] _parts;
    private int _length;
    private int _partCount;

    /// <summary>A writer with room for about <paramref name="expectedBytes"/>; it grows when that is not enough.</summary>
    public MessageWriter(int expectedBytes = 2048)
    {
        _bytes = ArrayPool<byte>.Shared.Rent(expectedBytes);
        _parts = ArrayPool<Part>.Shared.Rent(48);
    }

    /// <summary>Bytes written so far.</summary>
    public int Length => _length;

    /// <summary>Adds a part whose bytes are <paramref name="text"/> in Latin-1: the form in which servers hand over header fields.</summary>
    public void Add(PartKind kind, ReadOnlySpan<char> text)
    {
        var start = _length;
        Latin1(text);
        Close(new Part(kind, start, _length - start));
    }

    /// <summary>Adds a part.</summary>
    public void Add(PartKind kind, ReadOnlySpan<byte> bytes)
    {
        var start = _length;
        Raw(bytes);
        Close(new Part(kind, start, _length - start));
    }

    /// <summary>Adds what stands on both sides of a border between two messages, so that nothing hides on it. Looked at, never released.</summary>
    public void AddBorder(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        var start = _length;
        Raw(before);
        var own = _length;
        Raw(after);
        Close(new Part(PartKind.Border, start, _length - start, own));
    }

    /// <summary>Adds one header line as a value part that is named by the header.</summary>
    public void Header(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        var nameStart = _length;
        Latin1(name);
        var nameLength = _length - nameStart;
        Raw(": "u8);
        var start = _length;
        Latin1(value);
        Close(new Part(PartKind.HeaderValue, start, _length - start, nameStart, nameLength));
    }

    /// <summary>Room for <paramref name="count"/> more body bytes; follow with <see cref="Body(int)"/>.</summary>
    public Memory<byte> BodyRoom(int count)
    {
        Reserve(count);
        return _bytes.AsMemory(_length, count);
    }

    /// <summary>Declares the next <paramref name="length"/> bytes, already written into <see cref="BodyRoom"/>, to be the body.</summary>
    public void Body(int length)
    {
        var start = _length;
        _length += length;
        Track(new Part(PartKind.Body, start, length));
    }

    /// <summary>Adds the body.</summary>
    public void Body(ReadOnlySpan<byte> bytes)
    {
        var start = _length;
        Raw(bytes);
        Track(new Part(PartKind.Body, start, bytes.Length));
    }

    /// <summary>Copies bytes without making a part of them: for a message that differs from another one in places.</summary>
    internal void Copy(ReadOnlySpan<byte> bytes) => Raw(bytes);

    /// <summary>Declares a part over bytes that were copied.</summary>
    internal void Declare(in Part part) => Track(part);

    /// <summary>Turns what was written into a message; the writer is empty afterwards.</summary>
    public Message Seal(in MessageFacts facts) => new(this, facts);

    /// <summary>Gives the buffers back when no message was made of them.</summary>
    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            ArrayPool<Part>.Shared.Return(_parts);
            (_bytes, _parts) = ([], []);
        }
    }

    internal (byte[] Bytes, int Length, Part[] Parts, int PartCount) Surrender()
    {
        ObjectDisposedException.ThrowIf(_bytes.Length == 0, this);
        var all = (_bytes, _length, _parts, _partCount);
        (_bytes, _parts, _length, _partCount) = ([], [], 0, 0);
        return all;
    }

    private void Close(in Part part)
    {
        Track(part);
        Raw("\n"u8);
    }

    private void Track(in Part part)
    {
        if (_partCount == _parts.Length)
        {
            var larger = ArrayPool<Part>.Shared.Rent(_partCount * 2);
            _parts.AsSpan(0, _partCount).CopyTo(larger);
            ArrayPool<Part>.Shared.Return(_parts);
            _parts = larger;
        }

        _parts[_partCount++] = part;
    }

    private void Latin1(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        Encoding.Latin1.GetBytes(text, _bytes.AsSpan(_length));
        _length += text.Length;
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _length >= count)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(checked(Math.Max(_bytes.Length * 2, _length + count)));
        _bytes.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}

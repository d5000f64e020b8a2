using System.Buffers;
using System.Text.Json;

namespace Postern.Transports.Mcp;

/// <summary>
/// Looks for the id in a message that is too long to be kept: follows strings and brackets byte by byte and remembers nothing but
/// the outermost <c>id</c>, so that whoever sent it can be told which request was refused.
/// </summary>
internal sealed class RpcScout
{
    private static readonly SearchValues<byte> s_structure = SearchValues.Create("\"{}[]:,"u8);
    private static readonly SearchValues<byte> s_inText = SearchValues.Create("\"\\"u8);

    private readonly ArrayBufferWriter<byte> _token = new(RpcId.MaxBytes);
    private readonly byte[] _last = new byte[4];
    private int _lastLength;
    private int _depth;
    private int _ids;
    private bool _isInText;
    private bool _isEscaped;
    private bool _keeps;

    /// <summary>The id, when there was exactly one and it is sound.</summary>
    public RpcId Id
    {
        get
        {
            if (_ids != 1 || _token.WrittenCount == 0)
            {
                return default;
            }

            try
            {
                var reader = new Utf8JsonReader(_token.WrittenSpan);
                return reader.Read() && RpcId.TryRead(ref reader, out var id) && reader.BytesConsumed <= _token.WrittenCount && !reader.Read() ? id : default;
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                return default;
            }
        }
    }

    /// <summary>Looks at the next bytes of the message.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var length = _isEscaped ? 0 : bytes.IndexOfAny(_isInText ? s_inText : s_structure);
            var plain = bytes[..(length < 0 ? bytes.Length : length)];
            Keep(plain);
            Remember(plain);
            if (length < 0)
            {
                return;
            }

            Take(bytes[length]);
            bytes = bytes[(length + 1)..];
        }
    }

    private void Take(byte next)
    {
        if (_isEscaped)
        {
            _isEscaped = false;
            Remember("??"u8);
            Keep([next]);
        }
        else if (_isInText)
        {
            _isEscaped = next == '\\';
            _isInText = next != '"';
            Keep([next]);
        }
        else if (next == '"')
        {
            _isInText = true;
            _lastLength = 0;
            Keep([next]);
        }
        else
        {
            Step(next);
        }
    }

    private void Step(byte next)
    {
        if (next == ':' && _depth == 1)
        {
            _keeps = _last.AsSpan(0, _lastLength).SequenceEqual("id"u8);
            _ids += _keeps ? 1 : 0;
            return;
        }

        if (_keeps && (next is (byte)'{' or (byte)'['))
        {
            // No id is an object or a list.
            _ids++;
        }

        _depth += next is (byte)'{' or (byte)'[' ? 1 : next is (byte)'}' or (byte)']' ? -1 : 0;
        if (_depth <= 1)
        {
            _keeps = false;
        }
    }

    /// <summary>The beginning of the last text: enough to tell whether it is the name that is looked for.</summary>
    private void Remember(ReadOnlySpan<byte> bytes)
    {
        if (_isInText)
        {
            var more = bytes[..Math.Min(bytes.Length, _last.Length - _lastLength)];
            more.CopyTo(_last.AsSpan(_lastLength));
            _lastLength += more.Length;
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_keeps && _token.WrittenCount + bytes.Length <= RpcId.MaxBytes)
        {
            _token.Write(bytes);
        }
    }
}

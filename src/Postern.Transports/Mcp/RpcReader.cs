using System.Text;
using System.Text.Json;
using Postern.Engine.Mcp;

namespace Postern.Transports.Mcp;

/// <summary>
/// Reads the envelope of one JSON-RPC 2.0 message in one pass over its bytes, which stay as they are. Strict where two readers could
/// see two messages. What lies inside params, result and error is the checkpoint's to read: doubled keys, depth and bad text are
/// found there, at any level.
/// </summary>
internal ref struct RpcReader
{
    /// <summary>Deeper than any policy reads: what is deeper than the policy allows is then reported as that, not as malformed.</summary>
    private static readonly JsonReaderOptions s_anyDepth = new() { MaxDepth = 1000 };

    private Utf8JsonReader _reader;
    private Members _seen;
    private RpcId _id;
    private bool _hasNullId;
    private ReadOnlyMemory<byte> _method;
    private ReadOnlyMemory<byte> _name;

    private RpcReader(ReadOnlySpan<byte> json) => _reader = new Utf8JsonReader(json, s_anyDepth);

    [Flags]
    private enum Members : byte
    {
        None = 0,
        Version = 1,
        Id = 2,
        Method = 4,
        Params = 8,
        Result = 16,
        Error = 32,

        /// <summary>Not a member: a name that some readers take for one.</summary>
        Twin = 64,
    }

    /// <summary>Reads one message. An array is a <see cref="RpcShape.Batch"/> and its elements are not looked at.</summary>
    public static RpcEnvelope Read(ReadOnlySpan<byte> json)
    {
        var walk = new RpcReader(json);
        try
        {
            return walk.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or half a surrogate pair in a name.
            return walk.Wrong(RpcFault.NotJson);
        }
    }

    /// <summary>The <c>protocolVersion</c> of an initialize result; null when there is none.</summary>
    public static string? VersionOf(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, s_anyDepth);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 2 && reader.ValueTextEquals("protocolVersion"u8))
                {
                    return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // It was read before; whatever this is, it names no version.
        }

        return null;
    }

    private RpcEnvelope Read()
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            var isBatch = _reader.TokenType == JsonTokenType.StartArray;
            _reader.Skip();
            _reader.Read();
            return isBatch ? new RpcEnvelope(RpcShape.Batch, default) : Wrong(RpcFault.NotRpc);
        }

        var fault = RpcFault.None;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var next = ReadMember();
            fault = fault == RpcFault.None ? next : fault;
        }

        // Throws when anything follows.
        _reader.Read();
        fault = fault == RpcFault.None && (_seen & Members.Twin) != 0 ? RpcFault.DoubledMember : fault;
        return fault == RpcFault.None ? Shape() : Wrong(fault);
    }

    private RpcFault ReadMember()
    {
        var member = MemberAt(_reader);
        if (member == Members.Twin || (_seen & member) != 0)
        {
            // Neither of two ids is the id.
            _id = member == Members.Id ? default : _id;
            _reader.Skip();
            return RpcFault.DoubledMember;
        }

        _seen |= member;
        _reader.Read();
        var isSound = member switch
        {
            Members.Version => _reader.TokenType == JsonTokenType.String && _reader.ValueTextEquals("2.0"u8),
            Members.Id => ReadId(),
            Members.Method => ReadMethod(),
            Members.Params => _reader.TokenType is JsonTokenType.StartObject or JsonTokenType.Null && ReadContent(),
            Members.Result => ReadContent(),
            Members.Error => _reader.TokenType == JsonTokenType.StartObject,
            _ => true,
        };
        _reader.Skip();
        return isSound ? RpcFault.None : member == Members.Id ? RpcFault.BadId : RpcFault.NotRpc;
    }

    private bool ReadId()
    {
        _hasNullId = _reader.TokenType == JsonTokenType.Null;
        return _hasNullId || RpcId.TryRead(ref _reader, out _id);
    }

    private bool ReadMethod()
    {
        if (_reader.TokenType != JsonTokenType.String)
        {
            return false;
        }

        _method = RpcMethods.Keep(_reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(_reader.GetString()!) : _reader.ValueSpan);
        return true;
    }

    /// <summary>
    /// Looks at the names in params or result, and in the lists there that are judged one by one. Finds the name among the parameters too; whose
    /// name it is, the method says, which may come later.
    /// </summary>
    private bool ReadContent()
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            _reader.Skip();
            return true;
        }

        var isOutermost = _reader.CurrentDepth == 1;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            _seen |= RpcSpelling.IsTwin(_reader) ? Members.Twin : Members.None;
            var isName = isOutermost && _reader.ValueTextEquals("name"u8);
            var isObject = _reader.ValueTextEquals("ref"u8) || _reader.ValueTextEquals("resource"u8);
            var isList = IsList();
            _reader.Read();
            if (isName && _reader.TokenType == JsonTokenType.String)
            {
                _name = _reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(_reader.GetString()!) : _reader.ValueSpan.ToArray();
            }
            else if (isObject)
            {
                ReadContent();
            }
            else if (isList && _reader.TokenType == JsonTokenType.StartArray)
            {
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                {
                    ReadContent();
                }
            }

            _reader.Skip();
        }

        return true;
    }

    private readonly bool IsList() => _reader.ValueTextEquals("content"u8) || _reader.ValueTextEquals("contents"u8) || _reader.ValueTextEquals("messages"u8)
        || _reader.ValueTextEquals("tools"u8) || _reader.ValueTextEquals("prompts"u8) || _reader.ValueTextEquals("resources"u8) || _reader.ValueTextEquals("resourceTemplates"u8);

    private readonly RpcEnvelope Shape()
    {
        var hasId = !_id.IsNone;
        var shape = (_seen & ~(Members.Version | Members.Id)) switch
        {
            Members.Method or (Members.Method | Members.Params) => hasId ? RpcShape.Request : RpcShape.Notification,
            Members.Result when hasId => RpcShape.Result,
            Members.Error => RpcShape.Error,
            _ => RpcShape.None,
        };
        var isSound = shape != RpcShape.None && (_seen & Members.Version) != 0 && (!_hasNullId || shape == RpcShape.Error)
            && (shape != RpcShape.Notification || _method.Span.StartsWith(RpcMethods.Notifications));
        return isSound ? Made(shape) : Wrong(_hasNullId ? RpcFault.BadId : RpcFault.NotRpc);
    }

    private readonly RpcEnvelope Made(RpcShape shape) => new(shape, _id)
    {
        Method = _method,
        Tool = _method.Span.SequenceEqual(RpcMethods.ToolsCall) ? _name : default,
    };

    /// <summary>The id is worth having where it tells whom to answer: not of an answer.</summary>
    private readonly RpcEnvelope Wrong(RpcFault fault) => new(RpcShape.None, _id) { Fault = fault, Method = _method };

    private static Members MemberAt(in Utf8JsonReader reader)
    {
        Span<byte> room = stackalloc byte[RpcSpelling.LongestName];
        var name = RpcSpelling.NameAt(reader, room, out var isCut);
        return isCut ? Members.Twin
            : IsNamed(name, "jsonrpc"u8, Members.Version) | IsNamed(name, "id"u8, Members.Id) | IsNamed(name, "method"u8, Members.Method)
            | IsNamed(name, "params"u8, Members.Params) | IsNamed(name, "result"u8, Members.Result) | IsNamed(name, "error"u8, Members.Error);
    }

    private static Members IsNamed(ReadOnlySpan<byte> name, ReadOnlySpan<byte> known, Members member) =>
        name.SequenceEqual(known) ? member : RpcSpelling.IsTwin(name, known) ? Members.Twin : Members.None;
}

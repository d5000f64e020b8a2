using System.Text.Json;
using System.Text.Unicode;

namespace Postern.Transports.Http.Scan;

/// <summary>
/// Reads a request strictly: one JSON object in UTF-8, known keys only, each once, nothing after it. Values are not copied; their
/// places are noted.
/// </summary>
internal ref struct ScanRequestReader
{
    /// <summary>Deepest nesting of tool arguments; deeper is malformed. The engine's own bound is lower.</summary>
    private const int MaxDepth = 64;

    /// <summary>Longest id or name in <c>context</c>, in bytes.</summary>
    private const int MaxContextBytes = 256;

    private readonly ScanRequest _request;
    private Utf8JsonReader _json;
    private int _seen;

    private ScanRequestReader(ReadOnlySpan<byte> body, ScanRequest request)
    {
        _json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        _request = request;
    }

    /// <summary>Reads <paramref name="body"/> into <paramref name="request"/>; the fault, or null.</summary>
    public static ScanFault? Read(ReadOnlySpan<byte> body, ScanRequest request)
    {
        if (!Utf8.IsValid(body))
        {
            return ScanFault.InvalidJson;
        }

        var reader = new ScanRequestReader(body, request);
        try
        {
            return reader.Document();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Malformed, or a string with half a surrogate pair.
            return ScanFault.InvalidJson;
        }
    }

    private ScanFault? Document()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject)
        {
            return ScanFault.InvalidJson;
        }

        var fault = Members(ScanFields.Root);
        if (fault is null && _json.Read())
        {
            return ScanFault.InvalidJson;
        }

        return fault ?? (_request.Kind == ScanKind.None ? ScanFault.InvalidKind : null);
    }

    private ScanFault? Members(Range group)
    {
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (!ScanFields.TryRead(_json, group, out var field))
            {
                return ScanFault.UnknownField;
            }

            var bit = 1 << (int)field;
            if ((_seen & bit) != 0)
            {
                return ScanFault.Duplicate(field);
            }

            _seen |= bit;
            if (!_json.Read())
            {
                return ScanFault.InvalidJson;
            }

            if (Value(field) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private ScanFault? Value(ScanField field) => field switch
    {
        ScanField.Kind => Kind(),
        ScanField.Input => _json.TokenType == JsonTokenType.StartObject ? Members(ScanFields.Input) : ScanFault.WrongType(field),
        ScanField.Context => Optional(field, ScanFields.Context),
        ScanField.Options => Optional(field, ScanFields.Options),
        ScanField.Arguments => Arguments(),
        ScanField.IncludeEvidence => IncludeEvidence(),
        ScanField.RequestId or ScanField.SessionId or ScanField.AgentName => Context(field),
        _ => Text(field),
    };

    private ScanFault? Kind()
    {
        if (_json.TokenType != JsonTokenType.String)
        {
            return ScanFault.InvalidKind;
        }

        _request.Kind = ScanKinds.Read(_json);
        return _request.Kind == ScanKind.None ? ScanFault.InvalidKind : null;
    }

    private ScanFault? Optional(ScanField field, Range group) => _json.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.StartObject => Members(group),
        _ => ScanFault.WrongType(field),
    };

    private ScanFault? Text(ScanField field)
    {
        if (_json.TokenType != JsonTokenType.String)
        {
            return ScanFault.WrongType(field);
        }

        _request[field] = new JsonSlice((int)_json.TokenStartIndex + 1, _json.ValueSpan.Length, _json.ValueIsEscaped);
        return null;
    }

    private ScanFault? Context(ScanField field)
    {
        if (_json.TokenType != JsonTokenType.String)
        {
            return ScanFault.WrongType(field);
        }

        if (_json.ValueSpan.Length > MaxContextBytes)
        {
            return ScanFault.FieldTooLarge(field);
        }

        if (field == ScanField.RequestId)
        {
            _request.RequestId = _json.GetString();
        }

        return null;
    }

    /// <summary>An object, or null for a call without arguments.</summary>
    private ScanFault? Arguments()
    {
        if (_json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (_json.TokenType != JsonTokenType.StartObject)
        {
            return ScanFault.WrongType(ScanField.Arguments);
        }

        var start = (int)_json.TokenStartIndex;
        _json.Skip();
        _request[ScanField.Arguments] = new JsonSlice(start, (int)_json.BytesConsumed - start, false);
        return null;
    }

    private ScanFault? IncludeEvidence()
    {
        if (_json.TokenType is not (JsonTokenType.True or JsonTokenType.False))
        {
            return ScanFault.WrongType(ScanField.IncludeEvidence);
        }

        _request.IncludeEvidence = _json.GetBoolean();
        return null;
    }
}

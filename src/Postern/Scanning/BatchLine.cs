using System.Text.Json;

namespace Postern.Program.Scanning;

/// <summary>The fields of one input line. Spans point into the line, or into the scratch where a string had escapes.</summary>
internal ref struct BatchLine
{
    // The engine has its own, lower bound and reports it as a finding; this one only keeps the reader's stack small.
    private const int MaxDepth = 1000;

    /// <summary>The id as it was written, JSON; empty when there is none.</summary>
    public ReadOnlySpan<byte> Id { get; private set; }

    /// <summary>The kinds that this form of line serves.</summary>
    public BatchKinds Serves { get; private set; }

    /// <summary>The text or the URL.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>The tool's name.</summary>
    public ReadOnlySpan<byte> Tool { get; private set; }

    /// <summary>The tool's arguments, JSON.</summary>
    public ReadOnlySpan<byte> Arguments { get; private set; }

    /// <summary>Reads a line; null when it is well-formed, else what is wrong.</summary>
    public string? Read(ReadOnlySpan<byte> line, StringRoom room)
    {
        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = MaxDepth });
            room.Clear(line.Length);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return "not a JSON object";
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (ReadMember(ref reader, line, room) is { } wrong)
                {
                    return wrong;
                }
            }

            return reader.Read() ? "more than one JSON value" : Check();
        }
        catch (JsonException)
        {
            // Its message quotes the line.
            return "not JSON";
        }
        catch (InvalidOperationException)
        {
            return "a string that is not Unicode text";
        }
    }

    private string? ReadMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> line, StringRoom room)
    {
        if (reader.ValueTextEquals("id"u8))
        {
            reader.Read();
            var isSecond = !Id.IsEmpty;
            Id = Raw(ref reader, line);
            return isSecond ? "'id' twice" : null;
        }

        if (reader.ValueTextEquals("arguments"u8))
        {
            reader.Read();
            var isSecond = !Arguments.IsEmpty;
            Arguments = Raw(ref reader, line);
            return isSecond ? "'arguments' twice" : null;
        }

        var kinds = reader.ValueTextEquals("text"u8) ? BatchKinds.Dlp | BatchKinds.Injection
            : reader.ValueTextEquals("url"u8) ? BatchKinds.Url
            : reader.ValueTextEquals("tool"u8) ? BatchKinds.ToolCall
            : BatchKinds.None;
        reader.Read();
        if (kinds == BatchKinds.None)
        {
            reader.Skip();
            return null;
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            return "'text', 'url' and 'tool' are strings";
        }

        if (Serves != BatchKinds.None)
        {
            return "more than one of 'text', 'url' and 'tool', or one of them twice";
        }

        Serves = kinds;
        var value = reader.ValueIsEscaped ? room.Unescape(ref reader) : reader.ValueSpan;
        if (kinds == BatchKinds.ToolCall)
        {
            Tool = value;
        }
        else
        {
            Content = value;
        }

        return null;
    }

    private readonly string? Check() => Serves switch
    {
        BatchKinds.None => "none of 'text', 'url' and 'tool'",
        BatchKinds.ToolCall when Arguments.IsEmpty => "'tool' without 'arguments'",
        _ => null,
    };

    private static ReadOnlySpan<byte> Raw(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> line)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return line[start..(int)reader.BytesConsumed];
    }
}

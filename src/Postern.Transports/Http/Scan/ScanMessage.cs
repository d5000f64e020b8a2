using System.Buffers;
using System.Text.Json;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Flow;
using Postern.Engine.Mcp;

namespace Postern.Transports.Http.Scan;

/// <summary>Makes of a request the message that the checkpoint rules on: a text to be judged, never sent.</summary>
internal static class ScanMessage
{
    /// <summary>Longest tool name in bytes.</summary>
    private const int MaxToolNameBytes = 1024;

    /// <summary>The message, or why there is none.</summary>
    /// <param name="body">The request's bytes; the message copies what it needs.</param>
    /// <param name="request">What was read from them.</param>
    /// <param name="limits">Longest fields, in bytes after unescaping.</param>
    /// <param name="message">The caller disposes it; null with a fault.</param>
    public static ScanFault? Make(ReadOnlySpan<byte> body, ScanRequest request, ScanApiFieldLimitsSection limits, out Message? message)
    {
        message = null;
        for (var field = ScanField.Url; field <= ScanField.Arguments; field++)
        {
            if (request[field].Length > 0 && !ScanKinds.Takes(request.Kind, field))
            {
                return ScanFault.Foreign(field);
            }
        }

        var subject = ScanKinds.Subject(request.Kind);
        var place = request[subject];
        if (place.Length == 0)
        {
            return ScanFault.Missing(subject);
        }

        var arguments = request[ScanField.Arguments];
        if (arguments.Length > limits.Arguments)
        {
            return ScanFault.FieldTooLarge(ScanField.Arguments);
        }

        using var writer = new MessageWriter(place.Length + arguments.Length + 16);
        var part = request.Kind == ScanKind.Url ? PartKind.Url : PartKind.Text;
        var fault = Add(writer, part, body, place) is not { } length ? ScanFault.InvalidJson
            : length > LimitOf(subject, limits) ? ScanFault.FieldTooLarge(subject) : null;
        if (arguments.Length > 0)
        {
            writer.Body(body.Slice(arguments.Start, arguments.Length));
        }

        if (fault is not null)
        {
            return fault;
        }

        message = writer.Seal(FactsOf(request.Kind));
        if (request.Kind == ScanKind.Url && !IsHttp(message.Of(message.Parts[0])))
        {
            message.Dispose();
            message = null;
            return ScanFault.NotHttp;
        }

        return null;
    }

    private static MessageFacts FactsOf(ScanKind kind) => new(MessageKind.Text, kind == ScanKind.PromptInjection ? Direction.Inbound : Direction.Outbound)
    {
        Content = kind == ScanKind.ToolCall ? ContentKind.Json : ContentKind.Text,
        Whole = true,
        Mcp = kind == ScanKind.ToolCall ? new McpFacts(RpcShape.Call) : default,
    };

    /// <summary>Adds a string's value, unescaped, and returns its length; null for half a surrogate pair, which no UTF-8 can hold.</summary>
    private static int? Add(MessageWriter writer, PartKind kind, ReadOnlySpan<byte> body, JsonSlice place)
    {
        if (!place.IsEscaped)
        {
            writer.Add(kind, body.Slice(place.Start, place.Length));
            return place.Length;
        }

        var room = ArrayPool<byte>.Shared.Rent(place.Length);
        try
        {
            var json = new Utf8JsonReader(body.Slice(place.Start - 1, place.Length + 2));
            json.Read();
            var length = json.CopyString(room);
            writer.Add(kind, room.AsSpan(0, length));
            return length;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    private static int LimitOf(ScanField field, ScanApiFieldLimitsSection limits) => field switch
    {
        ScanField.Url => limits.Url,
        ScanField.Text => limits.Text,
        ScanField.Content => limits.Content,
        _ => MaxToolNameBytes,
    };

    private static bool IsHttp(ReadOnlySpan<byte> url) => StartsWith(url, "http://"u8) || StartsWith(url, "https://"u8);

    private static bool StartsWith(ReadOnlySpan<byte> url, ReadOnlySpan<byte> scheme) =>
        url.Length > scheme.Length && System.Text.Ascii.EqualsIgnoreCase(url[..scheme.Length], scheme);
}

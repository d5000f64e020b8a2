using System.Text;
using System.Text.Json;
using Postern.Engine.Detection.Tools.Definitions;
using Postern.Engine.Flow;

namespace Postern.Engine.A2a;

/// <summary>
/// Tells A2A from other HTTP and from other JSON-RPC: by the method of JSON-RPC, by routes that nothing else has, and elsewhere by the media type
/// and the headers that only its clients send. Being recognised grants nothing: it adds looks.
/// </summary>
internal static class A2aRecognition
{
    /// <summary>Below each origin, and below each path that an agent has to itself.</summary>
    private static readonly string[] s_wellKnown = ["/.well-known/agent-card.json", "/.well-known/agent.json"];

    /// <summary>Some clients escape the colon.</summary>
    private static readonly string[] s_messages = ["/message:send", "/message:stream", "/message%3Asend", "/message%3Astream"];

    private static readonly JsonReaderOptions s_anyDepth = new() { MaxDepth = 1000 };

    /// <summary>What a message from the agent asks for; null when it is not A2A.</summary>
    public static A2aTalk? Of(Message message)
    {
        ref readonly var facts = ref message.FactsRef;
        var path = message.TryFind(PartKind.Url, out var url) ? PathOf(message.Of(url)) : default;
        if (facts.Mcp.IsMcp)
        {
            return OfMethod(facts.Mcp.Method.Span, path);
        }

        if (path.IsEmpty)
        {
            return null;
        }

        if (OfRoute(path, IsLabelled(message)) is { } routed)
        {
            return routed;
        }

        return message.TryFind(PartKind.Method, out var verb) && message.Of(verb).SequenceEqual("POST"u8) && message.TryFind(PartKind.Body, out var body)
            ? OfMethod(MethodIn(message.Of(body)), path)
            : null;
    }

    private static A2aTalk? OfMethod(ReadOnlySpan<byte> method, ReadOnlySpan<byte> path) => A2aMethods.KindOf(method) is var kind and not A2aKind.None
        ? new A2aTalk(kind, IsRpc: true) { Card = kind == A2aKind.Card ? Definition.AgentPrefix + "extended" + Encoding.Latin1.GetString(path) : string.Empty }
        : null;

    private static A2aTalk? OfRoute(ReadOnlySpan<byte> path, bool isLabelled)
    {
        foreach (var route in s_wellKnown)
        {
            if (EndsWith(path, route))
            {
                return new A2aTalk(A2aKind.Card, IsRpc: false) { Card = Definition.AgentPrefix + "card" + Encoding.Latin1.GetString(path[..^route.Length]) };
            }
        }

        if (EndsWith(path, "/extendedAgentCard") || (isLabelled && EndsWith(path, "/v1/card")))
        {
            return new A2aTalk(A2aKind.Card, IsRpc: false) { Card = Definition.AgentPrefix + "extended" + Encoding.Latin1.GetString(path) };
        }

        var kind = EndsWithAny(path, s_messages) ? A2aKind.Message
            : path.IndexOf("/pushNotificationConfigs"u8) >= 0 || (isLabelled && path.IndexOf("/tasks"u8) >= 0) ? A2aKind.Task : A2aKind.None;
        return kind == A2aKind.None ? null : new A2aTalk(kind, IsRpc: false);
    }

    private static bool EndsWith(ReadOnlySpan<byte> path, string route) => path.Length >= route.Length && Ascii.EqualsIgnoreCase(path[^route.Length..], route);

    private static bool EndsWithAny(ReadOnlySpan<byte> path, string[] routes)
    {
        foreach (var route in routes)
        {
            if (EndsWith(path, route))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLabelled(Message message)
    {
        foreach (ref readonly var part in message.Parts)
        {
            var name = part.Kind == PartKind.HeaderValue ? message.NameOf(part) : default;
            if (Ascii.EqualsIgnoreCase(name, "a2a-version"u8) || Ascii.EqualsIgnoreCase(name, "a2a-extensions"u8) || Ascii.EqualsIgnoreCase(name, "x-a2a-extensions"u8)
                || ((Ascii.EqualsIgnoreCase(name, "content-type"u8) || Ascii.EqualsIgnoreCase(name, "accept"u8)) && message.Of(part).IndexOf("application/a2a+json"u8) >= 0))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The path of an absolute URL, without query and fragment.</summary>
    private static ReadOnlySpan<byte> PathOf(ReadOnlySpan<byte> url)
    {
        var authority = url.IndexOf("://"u8);
        var start = authority < 0 ? -1 : url[(authority + 3)..].IndexOf((byte)'/');
        if (start < 0)
        {
            return default;
        }

        var path = url[(authority + 3 + start)..];
        var end = path.IndexOfAny((byte)'?', (byte)'#');
        return (end < 0 ? path : path[..end]).TrimEnd((byte)'/');
    }

    /// <summary>The method of a JSON-RPC request; empty for any other body. Most bodies are told apart without being parsed.</summary>
    private static ReadOnlySpan<byte> MethodIn(ReadOnlySpan<byte> body)
    {
        if (!body.TrimStart(" \t\r\n"u8).StartsWith("{"u8) || (body.IndexOf("jsonrpc"u8) < 0 && body.IndexOf("\\u00"u8) < 0))
        {
            return default;
        }

        try
        {
            var reader = new Utf8JsonReader(body, s_anyDepth);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isMethod = reader.ValueTextEquals("method"u8);
                reader.Read();
                if (isMethod)
                {
                    return reader.TokenType != JsonTokenType.String ? default : reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
                }

                reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or half a surrogate pair: no request that a server of A2A would read.
        }

        return default;
    }
}

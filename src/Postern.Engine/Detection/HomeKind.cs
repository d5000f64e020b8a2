namespace Postern.Engine.Detection;

/// <summary>The place of a message in which a service takes its credential.</summary>
internal enum HomeKind : byte
{
    /// <summary>A header made for credentials: <c>api.acme.example</c>.</summary>
    Header,

    /// <summary>The path itself, as webhooks do: <c>hooks.acme.example/services/</c>.</summary>
    Path,

    /// <summary>A query parameter: <c>maps.acme.example?key</c>.</summary>
    Query,

    /// <summary>A field of a form or a property of a JSON object: <c>auth.acme.example/token#client_secret</c>.</summary>
    Field,
}

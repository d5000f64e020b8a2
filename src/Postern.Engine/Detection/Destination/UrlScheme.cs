namespace Postern.Engine.Detection.Destination;

/// <summary>The schemes Postern forwards.</summary>
public enum UrlScheme : byte
{
    /// <summary>Not known: a CONNECT target, or no URL at all.</summary>
    None,

    /// <summary>http, default port 80.</summary>
    Http,

    /// <summary>https, default port 443.</summary>
    Https,

    /// <summary>ws, default port 80.</summary>
    Ws,

    /// <summary>wss, default port 443.</summary>
    Wss,
}

namespace Postern.Transports.Http.Connect;

/// <summary>The CONNECT is answered with an error and the connection is closed.</summary>
internal sealed class TunnelRefusal : TunnelDecision
{
    /// <summary>Words the answer.</summary>
    /// <param name="status">400 to 599.</param>
    /// <param name="contentType">Media type of the body.</param>
    /// <param name="body">Sent as it is; not changed until it was sent.</param>
    /// <param name="headers">More headers; names are tokens, values have no control characters. Content-Length, Content-Type and Connection are set by the release.</param>
    /// <exception cref="ArgumentException">A header would break the framing, or the status is no error.</exception>
    public TunnelRefusal(int status, string contentType, ReadOnlyMemory<byte> body, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(status, 400);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(status, 599);
        RequireOneLine(contentType, nameof(contentType));
        foreach ((string name, string value) in headers)
        {
            RequireOneLine(name, nameof(headers));
            RequireOneLine(value, nameof(headers));
        }

        Status = status;
        ContentType = contentType;
        Body = body;
        Headers = headers;
    }

    /// <summary>400 to 599.</summary>
    public int Status { get; }

    /// <summary>Media type of the body.</summary>
    public string ContentType { get; }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Headers besides those of the framing.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    private static void RequireOneLine(string text, string parameter)
    {
        if (text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new ArgumentException("A header of a refusal must be printable ASCII on one line.", parameter);
        }
    }
}

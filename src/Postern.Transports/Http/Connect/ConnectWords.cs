using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Postern.Transports.Http.Connect;

/// <summary>The answers to a CONNECT request.</summary>
internal sealed class ConnectWords : ITunnelWords
{
    private static readonly byte[] s_established = "HTTP/1.1 200 Connection Established\r\n\r\n"u8.ToArray();

    /// <summary>The only one.</summary>
    public static ConnectWords Instance { get; } = new();

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Established => s_established;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Refused(Reply reply)
    {
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {reply.Status} {ReasonPhrases.GetReasonPhrase(reply.Status)}\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {reply.Body.Length}\r\nConnection: close\r\n");
        foreach ((var name, var value) in reply.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        return (byte[])[.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. reply.Body.Span];
    }
}

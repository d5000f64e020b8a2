using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Text;
using Postern.Transports.Http.Connect;
using Postern.Transports.Http.Tls;

namespace Postern.Transports.Transparent;

/// <summary>What the first bytes of a redirected connection say: which host is meant, in TLS or in HTTP. Uses none of them.</summary>
internal sealed class TransparentOpening
{
    /// <summary>The host as it was named; empty where TLS names none, as for an address.</summary>
    public string Host { get; private set; } = string.Empty;

    /// <summary>True when the client speaks HTTP in the clear.</summary>
    public bool IsHttp { get; private set; }

    /// <summary>Looks at all that is there.</summary>
    public FirstBytes Look(PipeReader input, ReadResult read)
    {
        var buffer = read.Buffer.Slice(0, Math.Min(read.Buffer.Length, ConnectHeadReader.MaxBytes));
        var answer = Look(buffer.IsSingleSegment ? buffer.FirstSpan : buffer.ToArray());
        if (answer == FirstBytes.Unknown && read.IsCompleted)
        {
            answer = FirstBytes.Gone;
        }

        // Nothing examined where the answer is there: whoever reads next sees the same bytes at once.
        input.AdvanceTo(read.Buffer.Start, answer == FirstBytes.Unknown ? read.Buffer.End : read.Buffer.Start);
        return answer;
    }

    /// <summary>The authority to ask for, as a CONNECT would; null when the request names another port than it was sent to.</summary>
    /// <param name="original">Where the connection was going. What is dialled is what the name resolves to here: an address beside it proves nothing.</param>
    public byte[]? Authority(IPEndPoint original)
    {
        var port = string.Create(CultureInfo.InvariantCulture, $":{original.Port}");
        var host = Host.Length > 0 ? Host : original.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{original.Address}]" : original.Address.ToString();
        if (Host.Length == 0 || !IsHttp || HasNoPort())
        {
            return Encoding.Latin1.GetBytes(host + port);
        }

        return Host.EndsWith(port, StringComparison.Ordinal) ? Encoding.Latin1.GetBytes(Host) : null;
    }

    private bool HasNoPort() => Host.LastIndexOf(':') <= Host.LastIndexOf(']');

    private FirstBytes Look(ReadOnlySpan<byte> bytes)
    {
        switch (ClientHelloReader.Read(bytes, out var hello))
        {
            case ClientHelloStatus.Done:
                Host = hello!.ServerName ?? string.Empty;
                return FirstBytes.Head;
            case ClientHelloStatus.NotTls:
                IsHttp = true;
                var answer = HostPeek.Look(bytes, out var host);
                Host = host;
                return answer;
            case ClientHelloStatus.NeedMore:
                return FirstBytes.Unknown;
            default:
                return FirstBytes.Bad;
        }
    }
}

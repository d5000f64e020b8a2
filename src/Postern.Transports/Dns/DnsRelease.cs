using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Postern.Engine.Inspection;

namespace Postern.Transports.Dns;

/// <summary>Answers one query: with addresses that were judged, or with a code.</summary>
internal sealed class DnsRelease
{
    private readonly DnsQuery _query;
    private readonly Socket? _socket;
    private readonly EndPoint? _peer;
    private readonly IDuplexPipe? _client;

    /// <summary>With a datagram.</summary>
    public DnsRelease(DnsQuery query, Socket socket, EndPoint peer) => (_query, _socket, _peer) = (query, socket, peer);

    /// <summary>On a connection, behind its length (RFC 1035 §4.2.2).</summary>
    public DnsRelease(DnsQuery query, IDuplexPipe client) => (_query, _client) = (query, client);

    /// <summary>Says where the name that was cleared is.</summary>
    public ValueTask AnswerAsync(Cleared cleared, CancellationToken cancel)
    {
        cleared.Take().Dispose();
        return PutAsync(DnsCode.None, cleared.Destination!.Addresses, cancel);
    }

    /// <summary>Says nothing but a code.</summary>
    /// <param name="code">A <see cref="DnsCode"/>.</param>
    /// <param name="cancel">Gives up.</param>
    public ValueTask RefuseAsync(int code, CancellationToken cancel) => PutAsync((DnsCode)code, [], cancel);

    private async ValueTask PutAsync(DnsCode code, IPAddress[] addresses, CancellationToken cancel)
    {
        if (_client is null)
        {
            await _socket!.SendToAsync(DnsAnswer.Of(_query, code, addresses, _query.MaxAnswerBytes), _peer!, cancel).ConfigureAwait(false);
            return;
        }

        var answer = DnsAnswer.Of(_query, code, addresses, ushort.MaxValue);
        var frame = new byte[2 + answer.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)answer.Length);
        answer.CopyTo(frame.AsSpan(2));
        await _client.Output.WriteAsync(frame, cancel).ConfigureAwait(false);
    }
}

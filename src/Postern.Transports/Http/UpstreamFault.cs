using System.Net.Sockets;

namespace Postern.Transports.Http;

/// <summary>Turns what went wrong on the way to the upstream into an answer.</summary>
internal static class UpstreamFault
{
    /// <summary>502 for a peer that fails, 504 for one that is silent. Names the sort of failure, never content.</summary>
    public static Reply Of(Exception fault) => fault switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            Reply.Fault(502, "Upstream certificate refused", "The upstream's TLS certificate or handshake is not acceptable."),
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded } =>
            Reply.Fault(502, "Upstream broke HTTP", "The upstream's response ended early or is malformed."),
        HttpRequestException { InnerException: SocketException socket } =>
            Reply.Fault(502, "Upstream unreachable", "No connection: " + socket.SocketErrorCode + "."),
        OperationCanceledException or UpstreamSilentException => Reply.Fault(504, "Upstream silent", "The upstream did not answer in time, or stopped in the middle of its answer."),
        _ => Reply.Fault(502, "Upstream failed", "The exchange with the upstream broke off."),
    };
}

using Postern.Transports.Http;
using Postern.Transports.Http.Connect;

namespace Postern.Transports.Socks;

/// <summary>The answers to what a client said, in the shape of the message that it answers. A code is all that SOCKS has room for; the evidence says why.</summary>
/// <param name="step">The message that is answered.</param>
/// <param name="fault">The code where the message itself is at fault; null where the reply decides.</param>
internal sealed class SocksWords(SocksStep step, SocksReply? fault = null) : ITunnelWords
{
    private static readonly byte[] s_established = Answer(SocksReply.Succeeded);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Established => s_established;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Refused(Reply reply) => step switch
    {
        SocksStep.Greeting => (byte[])[5, 0xFF],
        SocksStep.SignIn => (byte[])[1, 1],
        _ => Answer(fault ?? CodeOf(reply.Status)),
    };

    private static SocksReply CodeOf(int status) => status switch
    {
        502 or 504 => SocksReply.HostUnreachable,
        403 or 407 or 429 => SocksReply.NotAllowed,
        _ => SocksReply.Failed,
    };

    // The address that it was bound to is nobody's business: zeros, as most servers answer.
    private static byte[] Answer(SocksReply code) => [5, (byte)code, 0, 1, 0, 0, 0, 0, 0, 0];
}

namespace Postern.Transports.Http.Connect;

/// <summary>Time bounds of connections and tunnels; all more than zero and at most 49 days (the range of a timer).</summary>
/// <param name="FirstByte">A connection may stay silent this long before its first byte: browsers connect ahead of need (Kestrel's keep-alive: 130 s).</param>
/// <param name="Head">From the first byte to the end of a CONNECT head.</param>
/// <param name="Opening">From the 200 to a complete ClientHello (or a first byte that is not TLS).</param>
/// <param name="Handshake">The TLS handshake of an intercepted tunnel.</param>
/// <param name="Idle">A relay without a byte in either direction.</param>
/// <param name="Lifetime">A relay altogether.</param>
internal sealed record TunnelLimits(TimeSpan FirstByte, TimeSpan Head, TimeSpan Opening, TimeSpan Handshake, TimeSpan Idle, TimeSpan Lifetime)
{
    /// <summary>130 s, 10 s, 5 s, 30 s, 120 s, 300 s; the last four are the reference's.</summary>
    public static TunnelLimits Default { get; } = new(
        TimeSpan.FromSeconds(130),
        TimeSpan.FromSeconds(10),
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromSeconds(120),
        TimeSpan.FromSeconds(300));
}

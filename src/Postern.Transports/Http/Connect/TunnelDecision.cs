namespace Postern.Transports.Http.Connect;

/// <summary>What becomes of a CONNECT request: <see cref="TunnelRefusal"/> or <see cref="OpenedTunnel"/>.</summary>
internal abstract class TunnelDecision;

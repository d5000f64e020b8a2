namespace Postern.Transports.Http.Connect;

/// <summary>What becomes of a CONNECT request: <see cref="TunnelRefusal"/>, <see cref="InterceptTunnel"/> or <see cref="RelayTunnel"/>.</summary>
internal abstract class TunnelDecision;

using Postern.Engine.Agents;

namespace Postern.Transports.Http.Connect;

/// <inheritdoc cref="ITunnelFeature"/>
internal sealed record TunnelFeature(string Host, int Port, bool Tls, AgentIdentity Opener) : ITunnelFeature;

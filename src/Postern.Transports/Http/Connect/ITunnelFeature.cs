using Postern.Engine.Agents;

namespace Postern.Transports.Http.Connect;

/// <summary>Present on the features of a request that came through an intercepted CONNECT tunnel.</summary>
internal interface ITunnelFeature
{
    /// <summary>Canonical host of the authority that was allowed. The inner Host must name it.</summary>
    string Host { get; }

    /// <summary>Port of the authority, 1 to 65535.</summary>
    int Port { get; }

    /// <summary>The client speaks TLS inside the tunnel; otherwise plain HTTP.</summary>
    bool Tls { get; }

    /// <summary>Who opened the tunnel, and so acts in all of it.</summary>
    AgentIdentity Opener { get; }
}

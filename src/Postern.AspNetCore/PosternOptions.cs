using System.Security.Cryptography.X509Certificates;
using Postern.Engine.Inspection;

namespace Postern.AspNetCore;

/// <summary>How a checkpoint inside a program is set up; fixed until it is disposed.</summary>
/// <param name="Home">The directory for keys and evidence; made with mode 0700 when missing. One process at a time may use it.</param>
public sealed record PosternOptions(string Home)
{
    /// <summary>The configuration, as YAML (the keys of <c>postern.yaml</c>); empty, the default, means every default. What belongs to listeners has no effect here.</summary>
    public string Configuration { get; init; } = string.Empty;

    /// <summary>Who acts, by a name of <c>agents</c> in the configuration; empty, the default, is whoever the configuration takes strangers for.</summary>
    public string Agent { get; init; } = string.Empty;

    /// <summary>Asks people where a verdict says so; null, the default, is a no to every question.</summary>
    public IApprover? Approver { get; init; }

    /// <summary>Whose certificates servers may show; null, the default, trusts whom the system trusts.</summary>
    public X509ChainPolicy? Trust { get; init; }

    /// <summary>How long dialling may take; default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock; the system's by default.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

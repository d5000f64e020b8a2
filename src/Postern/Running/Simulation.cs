using System.Net;
using System.Security.Cryptography.X509Certificates;
using Postern.Engine.Detection.Destination;
using Postern.Transports.Telemetry;

namespace Postern.Program.Running;

/// <summary>What stands in for the world while the firewall is measured: nothing leaves this process. Everything else is as in earnest.</summary>
/// <param name="Resolver">Answers for DNS.</param>
/// <param name="Rulings">Reads along what is decided.</param>
/// <param name="Detour">The server that stands for every destination.</param>
/// <param name="Trust">Whose certificates that server shows.</param>
internal sealed record Simulation(IResolver Resolver, IDecisionReader Rulings, IPEndPoint Detour, X509ChainPolicy Trust);

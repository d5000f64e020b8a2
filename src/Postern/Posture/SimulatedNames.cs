using System.Net;
using Postern.Engine.Detection.Destination;

namespace Postern.Program.Posture;

/// <summary>DNS as scenarios need it: every name has one ordinary public address, localhost and those that begin with one label an internal one.</summary>
internal sealed class SimulatedNames : IResolver
{
    /// <summary>Names that begin so resolve into the house.</summary>
    private const string Inside = "rebound.";

    // Any address that no rule objects to; nothing is ever dialled there.
    private static readonly IPAddress[] s_ordinary = [new([9, 9, 9, 9])];
    private static readonly IPAddress[] s_internal = [new([10, 0, 0, 5])];

    /// <inheritdoc/>
    public ValueTask<IPAddress[]> ResolveAsync(string host, CancellationToken cancel) =>
        new(host == "localhost" || host.StartsWith(Inside, StringComparison.Ordinal) ? s_internal : s_ordinary);
}

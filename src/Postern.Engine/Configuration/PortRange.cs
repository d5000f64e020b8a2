namespace Postern.Engine.Configuration;

/// <summary>TCP ports from first to last, both included.</summary>
/// <param name="First">1 to 65535.</param>
/// <param name="Last">Not below <paramref name="First"/>, at most 65535.</param>
public sealed record PortRange(int First, int Last)
{
    /// <summary>True when the port lies in the range.</summary>
    public bool Contains(int port) => port >= First && port <= Last;

    /// <summary>A single port as its number, a range as <c>first-last</c>.</summary>
    public override string ToString() => First == Last ? $"{First}" : $"{First}-{Last}";
}

namespace Postern.Transports.Mcp;

/// <summary>One line that a peer wrote.</summary>
internal readonly ref struct RpcLine
{
    /// <summary>Its bytes, without white space at its ends; empty when it was too long to be kept.</summary>
    public ReadOnlySpan<byte> Text { get; init; }

    /// <summary>True when it was too long.</summary>
    public bool IsTooLong { get; init; }

    /// <summary>The id that a line had which was too long; none when it could not be told.</summary>
    public RpcId Id { get; init; }
}

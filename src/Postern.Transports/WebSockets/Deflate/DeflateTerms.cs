namespace Postern.Transports.WebSockets.Deflate;

/// <summary>How messages are compressed on one leg of a WebSocket (RFC 7692 §7.1). The other leg has terms of its own, or none.</summary>
internal sealed record DeflateTerms
{
    /// <summary>The largest window there is, 32 KiB; what nobody bounded.</summary>
    public const int MaxWindowBits = 15;

    /// <summary>True when each of their messages is compressed without those before it: nothing need be kept between two.</summary>
    public bool TheyForget { get; init; }

    /// <summary>True when each of ours must be.</summary>
    public bool WeForget { get; init; }

    /// <summary>How far back ours may refer, as a power of two; 8 to 15. Theirs are read however far they do.</summary>
    public int WindowBits { get; init; } = MaxWindowBits;
}

namespace Postern.Transports.Control.Live;

/// <summary>How much of a destination was used in one minute of the clock.</summary>
/// <param name="Destination">Scheme, host and port.</param>
/// <param name="Minute">Which minute, counted from 1970.</param>
/// <param name="Requests">Rulings on what was sent there.</param>
/// <param name="Bytes">Bytes of both directions.</param>
/// <param name="LastUse">The last of them.</param>
internal sealed record DestinationUse(string Destination, long Minute, long Requests, long Bytes, DateTimeOffset LastUse);

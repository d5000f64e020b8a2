namespace Postern.Transports.Http.Connect;

/// <summary>A CONNECT request to decide about.</summary>
/// <param name="Head">The checked head; the host in it is not canonical.</param>
/// <param name="ReceivedAt">When the head was complete (UTC).</param>
internal sealed record ConnectRequest(ConnectHead Head, DateTimeOffset ReceivedAt);

namespace Postern.Transports.WebSockets;

/// <summary>What a frame carries (RFC 6455 §5.2). The other ten values are reserved and refused.</summary>
internal enum SocketOpcode : byte
{
    /// <summary>More of the message that an earlier frame began.</summary>
    Continuation = 0x0,

    /// <summary>A message in UTF-8.</summary>
    Text = 0x1,

    /// <summary>A message of bytes.</summary>
    Binary = 0x2,

    /// <summary>The last frame of its sender.</summary>
    Close = 0x8,

    /// <summary>Asks for a <see cref="Pong"/>.</summary>
    Ping = 0x9,

    /// <summary>Answers a <see cref="Ping"/>, or shows that the sender is there.</summary>
    Pong = 0xA,
}

namespace Postern.Transports.Http.Connect;

/// <summary>How the protocol in which a tunnel was asked for says yes and no.</summary>
internal interface ITunnelWords
{
    /// <summary>The tunnel is open.</summary>
    ReadOnlyMemory<byte> Established { get; }

    /// <summary>It is not, and the connection ends.</summary>
    ReadOnlyMemory<byte> Refused(Reply reply);
}

namespace Postern.Transports.Http.Connect;

/// <summary>The outcome of dialling: a stream, or the refusal to answer with.</summary>
internal sealed class RelayDial
{
    private RelayDial(Stream? upstream, Reply? refusal)
    {
        Upstream = upstream;
        Refusal = refusal;
    }

    /// <summary>The connection; null when refused. The relay owns and disposes it.</summary>
    public Stream? Upstream { get; }

    /// <summary>The answer; null when connected.</summary>
    public Reply? Refusal { get; }

    /// <summary>Connected. A <see cref="System.Net.Sockets.NetworkStream"/> that owns its socket can be half-closed and reset; other streams are only closed.</summary>
    public static RelayDial Connected(Stream upstream) => new(upstream, null);

    /// <summary>Not connected.</summary>
    public static RelayDial Refused(Reply refusal) => new(null, refusal);
}

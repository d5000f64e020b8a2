namespace Postern.Transports.Http;

/// <summary>The connections that were opened under one policy revision.</summary>
/// <param name="invoker">Sends over them.</param>
/// <param name="revision">The revision.</param>
internal sealed class UpstreamPool(HttpMessageInvoker invoker, long revision)
{
    /// <summary>Sends over these connections.</summary>
    public HttpMessageInvoker Invoker => invoker;

    /// <summary>The policy revision.</summary>
    public long Revision => revision;

    /// <summary>Exchanges that use it now; guarded by the owner's lock.</summary>
    public int Users { get; set; }
}

namespace Postern.Blackbox.Tests.Clients;

/// <summary>Something that serves MCP over HTTP.</summary>
internal sealed class McpServerProcess(BackgroundProcess process, string url) : IAsyncDisposable
{
    /// <summary>Its endpoint.</summary>
    public string Url => url;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => process.DisposeAsync();
}

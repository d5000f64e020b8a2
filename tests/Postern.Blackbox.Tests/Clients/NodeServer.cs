using System.Diagnostics;
using System.Text.Json;

namespace Postern.Blackbox.Tests.Clients;

/// <summary>A server of a test, written for Node. Its first line says on which ports it listens: <c>{"plain":1,"tls":2}</c>.</summary>
internal sealed class NodeServer : IAsyncDisposable
{
    private readonly BackgroundProcess _process;

    private NodeServer(BackgroundProcess process)
    {
        _process = process;
        var ports = JsonDocument.Parse(process.ReadyLine).RootElement;
        Plain = "http://localhost:" + ports.GetProperty("plain").GetRawText();
        Tls = "https://localhost:" + ports.GetProperty("tls").GetRawText();
    }

    /// <summary>The http origin.</summary>
    public string Plain { get; }

    /// <summary>The https origin.</summary>
    public string Tls { get; }

    /// <summary>Starts <paramref name="script"/>.</summary>
    public static async Task<NodeServer> StartAsync(NodeTools tools, string script, UpstreamTrust trust)
    {
        var start = new ProcessStartInfo(
            Path.Combine(tools.Programs, "node"), [Path.Combine(tools.Scripts, script), trust.CertificateFile, trust.KeyFile]);
        return new NodeServer(await BackgroundProcess.StartAsync(start, "{\"plain\":"));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <inheritdoc/>
    public override string ToString() => _process.ToString();
}

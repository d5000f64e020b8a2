using System.Security.Cryptography;
using System.Text;
using Postern.Engine.Configuration;
using Postern.Engine.Configuration.Sections;
using Postern.Program.Running;
using Postern.Program.Sentinel;
using Postern.Transports.Mcp;

namespace Postern.Program.Commands;

/// <summary>The server that the command line names: a command, or a URL with or without an address to listen on.</summary>
internal sealed record McpServerChoice
{
    /// <summary>The program and its arguments; empty with a URL.</summary>
    public string[] Command { get; init; } = [];

    /// <summary>The server's URL; null with a command.</summary>
    public Uri? Upstream { get; init; }

    /// <summary>Where to listen; null for standard input and output.</summary>
    public ListenAddress? Listen { get; init; }

    /// <summary>Which files a command may be started from.</summary>
    public McpBinaryIntegritySection? Integrity { get; init; }

    /// <summary>Contains a command; null to start it as it is.</summary>
    public Func<ServerCommand, ContainedServer>? Contain { get; init; }

    /// <summary>Watches what a command may change, before it starts; null for nothing.</summary>
    public Func<Firewall, IReadOnlyList<string>, FileSentry?>? Watch { get; init; }

    /// <summary>Variables for the command beyond the usual ones.</summary>
    public string[] Environment { get; init; } = [];

    /// <summary>How evidence, sessions and pins call it. Arguments and paths may hold keys: of them a short hash tells servers apart, and says no more.</summary>
    public string Name => GivenName.Length > 0 ? GivenName
        : Upstream is not null ? Upstream.GetLeftPart(UriPartial.Authority) + (Upstream.PathAndQuery is "/" or "/mcp" or "/sse" ? "" : "#" + HashOf(Upstream.PathAndQuery))
        : (Path.GetFileName(Command[0]) is { Length: > 0 } name ? name : "server") + (Command.Length > 1 ? "#" + HashOf(string.Join('\0', Command)) : "");

    /// <summary>Header fields for every request to a URL.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>What the operator calls it; empty to be named after the command or the URL.</summary>
    public string GivenName { get; init; } = "";

    /// <summary>Reads the choice.</summary>
    /// <exception cref="ConfigException">The options do not go together.</exception>
    public static McpServerChoice Of(string[] command, string? listen, string? upstream)
    {
        if ((command.Length > 0) == (upstream is not null))
        {
            throw new ConfigException("name the server: a command after --, or --upstream URL, and not both");
        }

        if (listen is not null && upstream is null)
        {
            throw new ConfigException("--listen stands in front of --upstream URL; a command speaks over standard input and output");
        }

        if (listen is not null && upstream!.StartsWith("ws", StringComparison.OrdinalIgnoreCase))
        {
            throw new ConfigException("--listen speaks HTTP on both sides; a WebSocket server is reached over standard input and output");
        }

        return new McpServerChoice { Command = command, Upstream = upstream is null ? null : UrlOf(upstream), Listen = listen is null ? null : AddressOf(listen) };
    }

    /// <summary>Runs it to its end.</summary>
    public Task<int> RunAsync(Firewall firewall, CancellationToken cancel) => this switch
    {
        { Upstream: null } => McpSessions.WrapAsync(firewall, this, cancel),
        { Listen: null, Upstream.Scheme: "ws" or "wss" } => McpSessions.SocketAsync(firewall, this, cancel),
        { Listen: null } => McpSessions.BridgeAsync(firewall, this, cancel),
        _ => McpSessions.ListenAsync(firewall, this, cancel),
    };

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))[..4]);

    private static Uri UrlOf(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https" or "ws" or "wss") && url.Host.Length > 0 && url.UserInfo.Length == 0
        ? url
        : throw new ConfigException("--upstream: an http, https, ws or wss URL without credentials is needed");

    private static ListenAddress AddressOf(string text) => ListenAddress.TryParse(text, out var address)
        ? address
        : throw new ConfigException($"--listen {Terminal.Plain(text)}: not an address and port, such as 127.0.0.1:8889");
}

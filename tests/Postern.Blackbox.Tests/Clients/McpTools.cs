using System.Diagnostics;
using System.Security.Cryptography;

namespace Postern.Blackbox.Tests.Clients;

/// <summary>MCP servers, the official client library and the official conformance tool, fetched once as tests/npm/mcp/package-lock.json pins them.</summary>
internal sealed class McpTools
{
    private static readonly Lazy<Task<McpTools>> s_tools = new(FetchAsync);
    private readonly string _place;

    private McpTools(string place, NodeTools node)
    {
        _place = place;
        Node = Path.Combine(node.Programs, "node");
    }

    /// <summary>The interpreter.</summary>
    public string Node { get; }

    /// <summary>A client that uses all that a server offers.</summary>
    public string Client => Path.Combine(_place, "mcp-client.mjs");

    /// <summary>The conformance tool.</summary>
    public string Conformance => Entry("conformance");

    /// <summary>The inspector without its pages.</summary>
    public string Inspector => Path.Combine(_place, "node_modules", "@modelcontextprotocol", "inspector", "clients", "cli", "build", "index.js");

    /// <summary>The tools; the test is skipped where they cannot be had.</summary>
    public static Task<McpTools> GetAsync() => s_tools.Value;

    /// <summary>The script of one of the servers.</summary>
    public string Entry(string package) => Path.Combine(_place, "node_modules", "@modelcontextprotocol", package, "dist", "index.js");

    private static async Task<McpTools> FetchAsync()
    {
        var node = await NodeTools.GetAsync();
        var source = Path.Combine(Root(), "tests", "npm", "mcp");
        var key = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(source, "package-lock.json"))))[..12];
        var place = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(node.Programs))!, "mcp-" + key);
        if (!Directory.Exists(place))
        {
            await InstallAsync(node, source, place);
        }

        File.Copy(Path.Combine(AppContext.BaseDirectory, "Clients", "Node", "mcp-client.mjs"), Path.Combine(place, "mcp-client.mjs"), overwrite: true);
        return new McpTools(place, node);
    }

    /// <summary>Installs beside the place and moves: whoever finds the place finds it complete.</summary>
    private static async Task InstallAsync(NodeTools node, string source, string place)
    {
        var building = Directory.CreateDirectory(place + "." + Environment.ProcessId).FullName;
        foreach (var file in Directory.GetFiles(source))
        {
            File.Copy(file, Path.Combine(building, Path.GetFileName(file)), overwrite: true);
        }

        var start = new ProcessStartInfo(Path.Combine(node.Programs, "npm"), ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", building])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var npm = Process.Start(start)!;
        var errors = npm.StandardError.ReadToEndAsync();
        _ = await npm.StandardOutput.ReadToEndAsync();
        await npm.WaitForExitAsync();
        Assert.SkipWhen(npm.ExitCode != 0, "not run: needs the npm registry: " + await errors);
        Directory.Move(building, place);
    }

    private static string Root()
    {
        var at = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(at, "Postern.slnx")))
        {
            at = Path.GetDirectoryName(at) ?? throw new InvalidOperationException("The tests do not lie in the repository.");
        }

        return at;
    }
}

using System.Text.Json;

namespace Postern.Blackbox.Tests.Clients;

/// <summary>What one test with real clients needs: the program, its configuration, servers behind it, and a place for all their files.</summary>
internal sealed class Stage : IAsyncDisposable
{
    // The servers are on loopback, which is refused unless somebody says otherwise.
    private const string Configuration = """
        version: 1
        ssrf: { ip_allowlist: [127.0.0.0/8] }
        trusted_domains: [localhost]
        forward_proxy: { connect_ports: [1-65535] }
        fetch_proxy: { monitoring: { max_requests_per_minute: 0 } }

        """;

    private readonly PosternProcess _program = new() { Patience = TimeSpan.FromMinutes(3) };
    private readonly List<IAsyncDisposable> _servers = [];
    private readonly string _configuration;

    /// <summary>A stage whose configuration ends with <paramref name="more"/>.</summary>
    public Stage(string more = "")
    {
        Trust = new UpstreamTrust(_program.Directory);
        _configuration = _program.Write("postern.yaml", Configuration + more);
        _program.SetUserHome();
        _program.Environment["SSL_CERT_FILE"] = Trust.BundleFile;
        _program.Environment["TMPDIR"] = _program.Directory;
        _program.Environment["PATH"] = Programs.SearchPath;
    }

    /// <summary>False for a script that needs what a contained one cannot reach; default true.</summary>
    public bool Contains { get; init; } = true;

    /// <summary>The servers' certificates.</summary>
    public UpstreamTrust Trust { get; }

    /// <summary>Where scripts run.</summary>
    public string Directory => _program.Directory;

    /// <summary>Where the program keeps its state.</summary>
    public string Home => _program.Home;

    /// <summary>Variables of the program and so of the script.</summary>
    public Dictionary<string, string> Environment => _program.Environment;

    /// <summary>A path in the stage's directory.</summary>
    public string At(string name) => _program.At(name);

    /// <summary>Starts nginx; scripts find its origins as $PLAIN and $TLS.</summary>
    public async Task<Nginx> StartNginxAsync()
    {
        var directory = System.IO.Directory.CreateDirectory(At("nginx")).FullName;
        var nginx = await Nginx.StartAsync(directory, Trust);
        _servers.Add(nginx);
        (Environment["PLAIN"], Environment["TLS"]) = (nginx.Plain, nginx.Tls);
        return nginx;
    }

    /// <summary>Starts a server written for Node; scripts find its origins as $PLAIN and $TLS, Node and npm on the PATH.</summary>
    public async Task<NodeServer> StartNodeAsync(string script)
    {
        var tools = await UseNodeAsync();
        var server = await NodeServer.StartAsync(tools, script, Trust);
        _servers.Add(server);
        (Environment["PLAIN"], Environment["TLS"]) = (server.Plain, server.Tls);
        return server;
    }

    /// <summary>Puts Node and npm on the scripts' PATH.</summary>
    public async Task<NodeTools> UseNodeAsync()
    {
        var tools = await NodeTools.GetAsync();
        Environment["PATH"] = tools.Programs + ":" + Programs.SearchPath;
        Environment["SCRIPTS"] = tools.Scripts;
        return tools;
    }

    /// <summary>Runs <paramref name="script"/> behind the firewall, as <c>postern run -- bash script</c>: contained, and so that the origins, which lie on this machine, are reached through the firewall.</summary>
    public Task<Outcome> RunAsync(string script)
    {
        var file = _program.Write("script.sh", "set -euo pipefail\n" + script);
        string[] containment = Contains ? ["--strict", "--env", "NO_PROXY=", "--env", "no_proxy="] : ["--uncontained"];
        return _program.RunAsync(["run", "--config", _configuration, .. containment, "--", "bash", file]);
    }

    /// <summary>Runs a script that must succeed, verifies the evidence of it, and returns what the script wrote.</summary>
    public async Task<string> SucceedAsync(string script)
    {
        var outcome = await RunAsync(script);
        Assert.True(outcome.ExitCode == 0, $"exit code {outcome.ExitCode}\n{outcome.All}\n{string.Join('\n', Rulings("deny"))}\n{string.Join('\n', _servers)}");
        await VerifyAsync();
        return outcome.Output;
    }

    /// <summary>The evidence verifies.</summary>
    public async Task VerifyAsync()
    {
        var verified = await _program.RunAsync("evidence", "verify", Path.Combine(Home, "evidence"));
        Assert.True(verified.ExitCode == 0, verified.All);
    }

    /// <summary>The evidence, record by record.</summary>
    public IReadOnlyList<JsonElement> Evidence() =>
    [
        .. System.IO.Directory.GetFiles(Path.Combine(Home, "evidence"), "*.jsonl").Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines).Select(static line => JsonDocument.Parse(line).RootElement),
    ];

    /// <summary>The rulings with the word <paramref name="effect"/>.</summary>
    public IReadOnlyList<JsonElement> Rulings(string effect) =>
        [.. Evidence().Where(record => record.TryGetProperty("effect", out var word) && word.GetString() == effect && record.GetProperty("kind").GetString() == "ruling")];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _program.Dispose();
    }
}

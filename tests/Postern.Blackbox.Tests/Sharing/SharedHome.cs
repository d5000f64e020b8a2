namespace Postern.Blackbox.Tests.Sharing;

/// <summary>A database's credentials and a key, and the homes of those that share them. The agent's name is new each time, and with it the session.</summary>
internal sealed class SharedHome : IDisposable
{
    private readonly string _connection;
    private readonly string _key;
    private readonly string _agent = "agent-" + Guid.NewGuid().ToString("n")[..8];

    public SharedHome(PostgresServer server)
    {
        _connection = Secret("connection", server.Connection);
        _key = Secret("key", "one secret of all instances, 32 characters and more");
    }

    public PosternProcess Program { get; } = new();

    public string Directory => Program.Directory;

    /// <summary>The home of one of them.</summary>
    public string At(string name) => Program.At("home-" + name);

    /// <summary>The configuration of one of them.</summary>
    public string Write(string name, string more) => Program.Write(name + ".yaml", $$"""
        shared_state: { connection_file: {{_connection}}, key_file: {{_key}} }
        ssrf: { ip_allowlist: [127.0.0.0/8] }
        trusted_domains: [localhost]
        default_agent_identity: {{_agent}}
        agents: [{ name: {{_agent}} }]
        control: { listen: "127.0.0.1:0" }
        fetch_proxy: { monitoring: { max_requests_per_minute: 100000 } }
        {{more}}
        """);

    /// <summary>Starts one.</summary>
    public async Task<SharedRun> RunAsync(string name, string more) =>
        new(name, await Program.StartAsync("To use it:", "run", "--home", At(name), "--config", Write(name, more), "--listen", "127.0.0.1:0"));

    public void Dispose() => Program.Dispose();

    private string Secret(string name, string text)
    {
        var file = Program.Write(name, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return file;
    }
}

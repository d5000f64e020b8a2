namespace Postern.Program.Containing;

/// <summary>Who is who, and where.</summary>
/// <param name="Operator">Who starts tools as the agent.</param>
/// <param name="Proxy">Who runs the firewall and owns its keys and evidence.</param>
/// <param name="Agent">Whose packets reach the firewall only.</param>
internal sealed record ContainChoices(string Operator, string Proxy, string Agent)
{
    /// <summary>The firewall's port on 127.0.0.1.</summary>
    public int Port { get; init; } = 8888;

    /// <summary>The preset that the configuration begins as.</summary>
    public string Preset { get; init; } = "balanced";

    /// <summary>Where files go, in front of their paths; units are not started where this is not empty. Default: the machine itself.</summary>
    public string Root { get; init; } = "";

    /// <summary>A path of this installation.</summary>
    public string At(string path) => Root + path;

    /// <summary>Configuration, pins and rules: root writes them, everybody reads them.</summary>
    public string Settings => At("/etc/postern/contain");

    /// <summary>The firewall's home.</summary>
    public string Home => At("/var/lib/postern-contain");

    /// <summary>What starts a tool as the agent.</summary>
    public string Launcher => At("/usr/local/lib/postern/contain-agent");

    /// <summary>What was done, so that it can be undone.</summary>
    public string Record => Settings + "/installed";

    /// <summary>One file per tool that was added: its hash and its path.</summary>
    public string Tools => Settings + "/tools";
}

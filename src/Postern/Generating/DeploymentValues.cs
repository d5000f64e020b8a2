using Postern.Program.Running;

namespace Postern.Program.Generating;

/// <summary>What is filled into templates; all of it was looked at by <see cref="DeploymentWord"/>, so that none of it needs quoting.</summary>
internal sealed record DeploymentValues
{
    /// <summary>Where agents find the certificates they are to trust.</summary>
    private const string Trust = "/etc/postern/ca.pem";

    // A service's address stands in the environment of pods that start after it.
    private const string ServiceHost = "$(POSTERN_PROXY_SERVICE_HOST)";

    /// <summary>The whole configuration, YAML.</summary>
    public required string Config { get; init; }

    /// <summary>What the deployment is called.</summary>
    public string Name { get; init; } = "postern";

    /// <summary>The firewall's image.</summary>
    public string Image { get; init; } = "postern:" + Product.Version;

    /// <summary>The agent's image.</summary>
    public string AgentImage { get; init; } = "node:22-bookworm-slim";

    /// <summary>The user whose packets are held.</summary>
    public string AgentUser { get; init; } = "postern-agent";

    /// <summary>The firewall's port on the loopback address.</summary>
    public int Port { get; init; } = 8888;

    /// <summary>Where the firewall's home is, for Compose.</summary>
    public string ComposeHome { get; init; } = "./postern-home";

    /// <summary>The volumes that are the agent's workspace, for Compose.</summary>
    public string ComposeWorkspace { get; init; } = "- ./workspace:/workspace";

    /// <summary>The same for a folder within the workspace: what holds the agent must not be the agent's to change, and the keys not its to read.</summary>
    public DeploymentValues ForDevcontainer() => this with
    {
        ComposeHome = "${HOME:?}/.postern",
        ComposeWorkspace = "- ..:/workspace\n- .:/workspace/.devcontainer:ro",
    };

    /// <summary>The same with Helm's expressions in the places of what its values say.</summary>
    public DeploymentValues ForHelm() => this with { Name = "{{ .Release.Name }}", Image = "{{ .Values.image }}", AgentImage = "{{ .Values.agentImage }}" };

    /// <summary>Values by the words of the templates.</summary>
    public Dictionary<string, string> Map() => new()
    {
        ["config"] = Config,
        ["name"] = Name,
        ["image"] = Image,
        ["agent-image"] = AgentImage,
        ["agent"] = AgentUser,
        ["port"] = Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["table"] = "postern_contain",
        ["version"] = Product.Version,
        ["compose-home"] = ComposeHome,
        ["compose-workspace"] = ComposeWorkspace,
        ["compose-environment"] = Lines(static (name, value) => $"{name}: \"{value}\""),
        ["kubernetes-environment"] = Lines(static (name, value) => $"- {{ name: \"{name}\", value: \"{value.Replace("//postern", "//" + ServiceHost, StringComparison.Ordinal)}\" }}"),
    };

    private static string Lines(Func<string, string, string> line) =>
        string.Join('\n', ChildEnvironment.Of(new Uri("http://postern:8888"), Trust).Where(static pair => pair.Value.Length > 0).Select(pair => line(pair.Key, pair.Value)));
}

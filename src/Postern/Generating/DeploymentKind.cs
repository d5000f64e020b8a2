using System.Collections.Immutable;

namespace Postern.Program.Generating;

/// <summary>A way to put an agent behind the firewall, as files.</summary>
/// <param name="Name">What <c>generate</c> calls it.</param>
/// <param name="Summary">One line for its help.</param>
/// <param name="Files">What it consists of.</param>
internal sealed record DeploymentKind(string Name, string Summary, ImmutableArray<DeploymentFile> Files)
{
    private static readonly DeploymentFile s_compose = new("compose.yaml", "compose.yaml");
    private static readonly DeploymentFile s_config = new("postern.yaml", DeploymentFile.Preset);

    /// <summary>All of them.</summary>
    public static ImmutableArray<DeploymentKind> All { get; } =
    [
        new("compose", "Docker Compose: the agent's network has no way out", [s_compose, s_config]),
        new("devcontainer", "a development container in the same network", [
            new(".devcontainer/devcontainer.json", "devcontainer.json"), s_compose with { Path = ".devcontainer/compose.yaml", Adapt = static values => values.ForDevcontainer() }, s_config with { Path = ".devcontainer/postern.yaml" }]),
        new("kubernetes", "a companion deployment and network policies", [new("postern-kubernetes.yaml", "kubernetes.yaml")]),
        new("helm", "the same as a chart", [
            new("Chart.yaml", "chart.yaml"), new("values.yaml", "values.yaml"), new("templates/postern.yaml", "kubernetes.yaml") { Adapt = static values => values.ForHelm() }]),
        new("nftables", "Linux: one user's packets reach the firewall only", [new("postern.nft", "nftables.nft")]),
        new("iptables", "the same for iptables and ip6tables", [new("postern.iptables", "iptables.rules"), new("postern.ip6tables", "ip6tables.rules")]),
        new("pf", "the same for pf (macOS, BSD); not tested there", [new("postern.pf", "pf.conf")]),
    ];
}

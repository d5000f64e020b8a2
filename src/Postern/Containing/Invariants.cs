using System.Net;
using System.Net.Sockets;

namespace Postern.Program.Containing;

/// <summary>What must hold on a contained host, each as a step that is only looked at: as the agent, where it is about the agent.</summary>
internal static class Invariants
{
    /// <summary>All of them.</summary>
    public static IEnumerable<Step> Of(ContainChoices choices, string program)
    {
        var agent = choices.Agent;
        yield return Look("closed:tcp", new ReachAct(agent, ProtocolType.Tcp, IPAddress.Loopback));
        yield return Look("closed:tcp6", new ReachAct(agent, ProtocolType.Tcp, IPAddress.IPv6Loopback));
        yield return Look("closed:udp", new ReachAct(agent, ProtocolType.Udp, IPAddress.Loopback));
        yield return Look("closed:udp6", new ReachAct(agent, ProtocolType.Udp, IPAddress.IPv6Loopback));
        yield return Look("open:firewall", ReachAct.Knock(agent, $"/dev/tcp/127.0.0.1/{choices.Port}"));
        yield return Look("hidden:keys", As(agent, "test ! -r \"$1\"", choices.Home + "/ca-key.pem"));
        yield return Look("hidden:home", As(agent, "test ! -x \"$1\"", choices.Home));
        foreach (var path in new[] { choices.Settings, choices.Settings + "/postern.yaml", choices.Tools, choices.Launcher, program, Path.GetDirectoryName(program)!, "/etc/systemd/system", "/etc/sudoers.d" })
        {
            yield return Look("read-only:" + path, As(agent, "test ! -w \"$1\"", path));
        }

        yield return Look("groups", As(agent, "for group in $(id -nG); do case $group in root|sudo|wheel|adm|docker|podman|lxd|libvirt|disk|shadow) exit 1 ;; esac; done"));
        yield return Look("no-sudo", As(agent, "! sudo -n true 2>/dev/null"));
        yield return Look("program-unchanged", new RunAct("sha256sum", "--check", "--strict", "--status", choices.Settings + "/program.sha256"));
    }

    private static Step Look(string name, Act check) => new(name, check, null, null);

    // The denial stands inside what the agent runs: a runuser that fails is a fault, not a refusal.
    private static RunAct As(string agent, string script, params string[] arguments) => new(["runuser", "-u", agent, "--", "sh", "-c", script, "sh", .. arguments]);
}

using System.Runtime.InteropServices;
using Postern.Sandbox.Planning;

namespace Postern.Sandbox.Tests.Planning;

public sealed class SandboxPlannerTests : IDisposable
{
    private static readonly KernelFacts s_all = new("", 7, true, Architecture.X64);

    private readonly string _root = Directory.CreateTempSubdirectory("postern-plan-").FullName;

    private string Home => At("home");

    private SandboxRequest Request => new(SandboxMode.Standard, ["true"]) { Directory = Made("home/work"), UserHome = Made("home") };

    public void Dispose() => Directory.Delete(_root, recursive: true);

    // Mode, then what the machine has: namespaces, Landlock's version, seccomp; then the outcome: a network way, or null for a refusal.
    public static TheoryData<SandboxMode, bool, int, bool, NetworkWay?> Outcomes => new()
    {
        { SandboxMode.Strict, true, 7, true, NetworkWay.Door },
        { SandboxMode.Strict, true, 5, true, null },
        { SandboxMode.Strict, true, 0, true, null },
        { SandboxMode.Strict, true, 7, false, null },
        { SandboxMode.Strict, false, 7, true, null },
        { SandboxMode.Standard, true, 7, true, NetworkWay.Door },
        { SandboxMode.Standard, true, 0, true, NetworkWay.Door },
        { SandboxMode.Standard, true, 7, false, null },
        { SandboxMode.Standard, false, 7, true, null },
        { SandboxMode.BestEffort, true, 0, false, NetworkWay.Door },
        { SandboxMode.BestEffort, false, 7, true, NetworkWay.Port },
        { SandboxMode.BestEffort, false, 4, true, NetworkWay.Port },
        { SandboxMode.BestEffort, false, 3, true, null },
        { SandboxMode.BestEffort, false, 7, false, null },
        { SandboxMode.BestEffort, false, 0, false, null },
    };

    [NeedsTheory("linux")]
    [MemberData(nameof(Outcomes))]
    public void Each_missing_layer_has_its_outcome(SandboxMode mode, bool namespaces, int landlock, bool seccomp, NetworkWay? way)
    {
        var facts = new KernelFacts(namespaces ? "" : "refused here", landlock, seccomp, Architecture.X64);
        if (way is null)
        {
            Assert.Throws<ContainmentException>(() => SandboxPlanner.Plan(Request with { Mode = mode }, facts));
            return;
        }

        var plan = SandboxPlanner.Plan(Request with { Mode = mode }, facts);
        Assert.Equal(way, plan.Network);
        Assert.Equal((namespaces, landlock > 0, seccomp), (plan.Namespaces, plan.Landlock, plan.Seccomp));
        Assert.All(plan.Layers, static layer => Assert.NotEmpty(layer.Detail));
    }

    [NeedsFact("linux")]
    public void A_command_without_network_gets_none_with_or_without_namespaces()
    {
        Assert.Equal(NetworkWay.None, SandboxPlanner.Plan(Request with { NeedsNetwork = false }, s_all).Network);
        Assert.Equal(NetworkWay.None, SandboxPlanner.Plan(Request with { NeedsNetwork = false, Mode = SandboxMode.BestEffort }, s_all with { Namespaces = "refused" }).Network);
    }

    [NeedsFact("linux")]
    public void The_directory_one_stands_in_is_the_workspace_and_the_home_is_empty()
    {
        var plan = SandboxPlanner.Plan(Request, s_all);
        Assert.Equal(Access.Write, AccessOf(plan, At("home/work/file")));
        Assert.Equal(Access.Private, AccessOf(plan, At("home/other")));
        Assert.Equal(At("home/work"), plan.Directory);
    }

    [NeedsTheory("linux")]
    [InlineData("home")]
    [InlineData("")]
    public void Standing_in_the_home_or_above_it_there_is_no_workspace(string directory)
    {
        var plan = SandboxPlanner.Plan(Request with { Directory = At(directory) }, s_all);
        Assert.DoesNotContain(plan.Paths, static rule => rule.Access == Access.Write);
        Assert.Equal(Home, plan.Directory);
    }

    [NeedsTheory("linux")]
    [InlineData("/")]
    [InlineData("/tmp")]
    [InlineData("/etc")]
    [InlineData("/usr")]
    [InlineData("/nowhere/at/all")]
    public void A_workspace_that_is_too_wide_is_refused(string workspace) =>
        Assert.Throws<ContainmentException>(() => SandboxPlanner.Plan(Request with { Workspace = workspace }, s_all));

    [NeedsFact("linux")]
    public void A_link_to_the_home_is_no_workspace()
    {
        Made("home");
        File.CreateSymbolicLink(At("link"), Home);
        Assert.Throws<ContainmentException>(() => SandboxPlanner.Plan(Request with { Workspace = At("link") }, s_all));
    }

    [NeedsTheory("linux")]
    [InlineData("~/.ssh")]
    [InlineData("~/.ssh/id_ed25519")]
    [InlineData("~/.aws/credentials")]
    [InlineData("/etc/shadow")]
    [InlineData("~/innocent")]
    [InlineData("/")]
    public void Places_of_secrets_cannot_be_granted(string path)
    {
        Made("home/.ssh");
        File.CreateSymbolicLink(At("home/innocent"), At("home/.ssh"));
        Assert.Throws<ContainmentException>(() => SandboxPlanner.Plan(Request with { Reads = [path] }, s_all));
    }

    [NeedsFact("linux")]
    public void Secrets_within_a_grant_are_hidden_with_mounts_and_carved_out_without()
    {
        Made("home/proj/.aws");
        foreach (var name in (string[])["home/.cargo/bin", "home/.cargo/registry", "own"])
        {
            Made(name);
        }

        File.WriteAllText(At("home/.cargo/credentials.toml"), "secret");
        var request = Request with { Reads = ["~/.cargo"], Own = [At("own")], Writes = [_root + "/own/.."], Mode = SandboxMode.BestEffort, Directory = "/" };
        Assert.Throws<ContainmentException>(() => SandboxPlanner.Plan(request, s_all));

        request = request with { Writes = [] };
        var mounted = SandboxPlanner.Plan(request, s_all);
        Assert.Equal(Access.Hidden, AccessOf(mounted, At("home/.cargo/credentials.toml")));
        Assert.Equal(Access.Read, AccessOf(mounted, At("home/.cargo/bin/cargo")));

        var carved = SandboxPlanner.Plan(request, s_all with { Namespaces = "refused" });
        Assert.DoesNotContain(carved.Paths, rule => rule.Access != Access.List && rule.Covers(At("home/.cargo/credentials.toml")));
        Assert.Contains(new PathRule(At("home/.cargo/registry"), Access.Read), carved.Paths);
        Assert.Contains(new PathRule(At("home/.cargo"), Access.List), carved.Paths);
        Assert.DoesNotContain(carved.Paths, static rule => rule.Path == "/etc" && rule.Access != Access.List);
    }

    [NeedsFact("linux")]
    public void What_is_carved_never_follows_a_link()
    {
        Made("home/.cargo");
        Made("outside");
        File.WriteAllText(At("home/.cargo/credentials"), "secret");
        File.CreateSymbolicLink(At("home/.cargo/out"), At("outside"));
        var carved = SandboxPlanner.Plan(Request with { Reads = ["~/.cargo"], Mode = SandboxMode.BestEffort }, s_all with { Namespaces = "refused" });
        Assert.DoesNotContain(carved.Paths, rule => rule.Covers(At("outside")) || rule.Path == At("home/.cargo/out"));
    }

    [NeedsFact("linux")]
    public void Posterns_own_state_is_hidden_even_in_the_workspace_but_for_what_is_shown()
    {
        Made("home/work/state");
        File.WriteAllText(At("home/work/state/ca-bundle.pem"), "certificates");
        var plan = SandboxPlanner.Plan(Request with { Own = [At("home/work/state")], Shown = [At("home/work/state/ca-bundle.pem")] }, s_all);
        Assert.Equal(Access.Hidden, AccessOf(plan, At("home/work/state/keys")));
        Assert.Equal(Access.Read, AccessOf(plan, At("home/work/state/ca-bundle.pem")));
    }

    [NeedsFact("linux")]
    public void The_configuration_in_the_workspace_can_be_read_and_not_changed()
    {
        Made("home/work");
        File.WriteAllText(At("home/work/postern.yaml"), "mode: balanced");
        var plan = SandboxPlanner.Plan(Request with { Shown = [At("home/work/postern.yaml")] }, s_all);
        Assert.Equal(Access.Read, AccessOf(plan, At("home/work/postern.yaml")));
    }

    [NeedsFact("linux")]
    public void Tools_in_the_home_come_with_what_is_around_them_and_links_are_kept()
    {
        Made("home/.tool/versions/2/bin");
        Directory.CreateSymbolicLink(At("home/.tool/current"), "versions/2");
        Made("home/.config/app/bin");
        Made("home/.docker/bin");
        var plan = SandboxPlanner.Plan(Request with { SearchPath = $"{At("home/.tool/current/bin")}:{At("home/.config/app/bin")}:{At("home/.docker/bin")}:.:relative:{Home}" }, s_all);
        Assert.Equal(Access.Read, AccessOf(plan, At("home/.tool/versions/2/lib/x")));
        Assert.Equal(Access.Read, AccessOf(plan, At("home/.config/app/lib")));
        Assert.Equal(Access.Private, AccessOf(plan, At("home/.config/other")));
        Assert.Equal(Access.Private, AccessOf(plan, At("home/.docker/bin/docker")));
        Assert.Contains(new PathLink(At("home/.tool/current"), "versions/2"), plan.Links);
    }

    [NeedsFact("linux")]
    public void An_agent_gets_its_own_settings_and_nobody_elses()
    {
        Made("home/.claude");
        Made("home/.codex");
        var plan = SandboxPlanner.Plan(Request with { Command = ["claude"] }, s_all);
        Assert.Equal((Access.Write, Access.Private), (AccessOf(plan, At("home/.claude/x")), AccessOf(plan, At("home/.codex/x"))));
    }

    [NeedsFact("linux")]
    public void Links_in_a_circle_lead_nowhere()
    {
        File.CreateSymbolicLink(At("a"), At("b"));
        File.CreateSymbolicLink(At("b"), At("a"));
        Assert.Throws<ContainmentException>(() => SandboxPlanner.Plan(Request with { Reads = [At("a")] }, s_all));
    }

    private static Access AccessOf(SandboxPlan plan, string path) => plan.Paths.LastOrDefault(rule => rule.Covers(path))?.Access ?? Access.Hidden;

    private string At(string name) => name.Length == 0 ? _root : Path.Join(_root, name);

    private string Made(string name) => Directory.CreateDirectory(At(name)).FullName;
}

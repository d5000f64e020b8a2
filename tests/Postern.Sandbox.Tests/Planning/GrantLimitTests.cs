using System.Net.Sockets;
using System.Runtime.InteropServices;
using Postern.Sandbox.Planning;
using Postern.Sandbox.Planning.Elsewhere;

namespace Postern.Sandbox.Tests.Planning;

/// <summary>Grants that exclude execution, single sockets, and the same request told to other systems.</summary>
public sealed class GrantLimitTests : IDisposable
{
    private static readonly KernelFacts s_all = new("", 7, true, Architecture.X64);
    private static readonly KernelFacts s_noNamespaces = s_all with { Namespaces = "refused" };

    private readonly string _root = Directory.CreateTempSubdirectory("postern-grant-").FullName;
    private readonly SandboxRequest _request;

    public GrantLimitTests()
    {
        foreach (var folder in (string[])["home/.ssh", "home/work/data", "home/tools", "own"])
        {
            Directory.CreateDirectory(At(folder));
        }

        _request = new SandboxRequest(SandboxMode.BestEffort, ["true"]) { Directory = At("home/work"), UserHome = At("home"), Own = [At("own")] };
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [NeedsTheory("linux")]
    [InlineData("home/work/data", Access.Write)]
    [InlineData("home/work", Access.Write)]
    [InlineData("home/tools", Access.Read)]
    public void Where_nothing_is_executed_the_access_stays(string path, Access access)
    {
        var plan = SandboxPlanner.Plan(_request with { Reads = ["~/tools"], Data = [At(path)] }, s_all);

        Assert.Contains(new PathRule(At(path), access) { IsData = true }, plan.Paths);
    }

    [NeedsTheory("linux")]
    [InlineData("home/.ssh")]
    [InlineData("home/elsewhere")]
    public void What_is_not_granted_cannot_be_limited(string path) =>
        Assert.Contains("is not granted", Refusal(_request with { Data = [At(path)] }, s_all), StringComparison.Ordinal);

    [NeedsFact("linux")]
    public void Without_namespaces_a_part_of_a_grant_cannot_be_limited_and_a_whole_one_can()
    {
        Assert.Contains("without namespaces", Refusal(_request with { Data = [At("home/work/data")] }, s_noNamespaces), StringComparison.Ordinal);
        Assert.Contains(new PathRule(At("home/work"), Access.Write) { IsData = true }, SandboxPlanner.Plan(_request with { Data = [At("home/work")] }, s_noNamespaces).Paths);
    }

    [NeedsFact("linux")]
    public void A_socket_is_granted_alone()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(At("home/s")));
        var plan = SandboxPlanner.Plan(_request with { Sockets = ["~/s"] }, s_all);

        Assert.Contains(new PathRule(At("home/s"), Access.Write), plan.Paths);
        Assert.Contains("every Unix socket is closed", Refusal(_request with { Sockets = ["~/s"] }, s_noNamespaces), StringComparison.Ordinal);
    }

    [NeedsTheory("linux")]
    [InlineData("~/tools", "is no socket")]
    [InlineData("~/.ssh/agent", "holds secrets")]
    public void What_is_no_single_socket_or_lies_with_secrets_is_refused(string path, string why) =>
        Assert.Contains(why, Refusal(_request with { Sockets = [path] }, s_all), StringComparison.Ordinal);

    [NeedsFact("linux")]
    public void What_a_command_may_change_is_known_for_the_watch()
    {
        var plan = SandboxPlanner.Plan(_request with { Writes = ["~/tools"] }, s_all);

        Assert.Equal([At("home/work"), At("home/tools")], plan.Workspaces);
    }

    [NeedsFact("linux")]
    public void A_profile_for_macos_says_last_what_it_takes_away_and_names_one_way_out()
    {
        var profile = MacProfile.Of(_request with { Data = [At("home/work/data")], Sockets = ["~/s"] }, 8888);

        Assert.StartsWith("(version 1)\n; Written by Postern and never run", profile, StringComparison.Ordinal);
        Assert.Contains("(deny default)", profile, StringComparison.Ordinal);
        Assert.Equal(profile.Count(static c => c == '('), profile.Count(static c => c == ')'));
        Assert.True(profile.LastIndexOf("(allow ", StringComparison.Ordinal) < profile.IndexOf("(deny process-exec*", StringComparison.Ordinal));
        Assert.Matches($@"\(deny process-exec\*\s+\(subpath ""{At("home/work/data")}""\)\)", profile);
        Assert.Matches($@"\(deny file-read\* file-write\* process-exec\*[^)]*\(subpath ""{At("home/.ssh")}""\)", profile);
        Assert.Contains(At("home/Library/Keychains"), profile, StringComparison.Ordinal);
        Assert.Contains("(allow network-outbound (remote tcp \"localhost:8888\"))", profile, StringComparison.Ordinal);
        Assert.Contains($"(remote unix-socket (path-literal \"{At("home/s")}\"))", profile, StringComparison.Ordinal);
        Assert.DoesNotContain("mDNSResponder", profile, StringComparison.Ordinal);
    }

    [NeedsFact("linux")]
    public void Without_network_a_profile_names_no_way_out() =>
        Assert.DoesNotContain("network", MacProfile.Of(_request with { NeedsNetwork = false }, 8888), StringComparison.Ordinal);

    [NeedsTheory("linux")]
    [InlineData("a\"b)(allow default", "a\\\"b)(allow default")]
    [InlineData("a\\b", "a\\\\b")]
    public void A_path_cannot_end_its_own_quotes(string name, string written)
    {
        Directory.CreateDirectory(At("home/work/" + name));

        Assert.Contains(written + "\")", MacProfile.Of(_request with { Directory = At("home/work/" + name) }, 8888), StringComparison.Ordinal);
    }

    [NeedsFact("linux")]
    public void A_path_that_breaks_the_line_is_refused()
    {
        Directory.CreateDirectory(At("home/work/a\nb"));

        Assert.Throws<ContainmentException>(() => MacProfile.Of(_request with { Directory = At("home/work/a\nb") }, 8888));
    }

    [NeedsTheory("linux")]
    [InlineData("CreateAppContainerProfile", "no capabilities")]
    [InlineData("SetInformationJobObject", "KILL_ON_JOB_CLOSE")]
    [InlineData("SetInformationJobObject", "WRITECLIPBOARD")]
    [InlineData("FwpmFilterAdd0", "127.0.0.1:8888")]
    [InlineData("UpdateProcThreadAttribute", "JOB_LIST")]
    public void A_plan_for_windows_has_each_layer(string call, string with) =>
        Assert.Contains(WindowsPlan.Of(_request, 8888), step => step.Call == call && step.With.Contains(with, StringComparison.Ordinal) && step.Why.Length > 0);

    [NeedsFact("linux")]
    public void Other_systems_grant_no_secrets_either()
    {
        var request = _request with { Reads = ["~/.ssh"] };

        Assert.Throws<ContainmentException>(() => MacProfile.Of(request, 8888));
        Assert.Throws<ContainmentException>(() => WindowsPlan.Of(request, 8888));
    }

    private static string Refusal(SandboxRequest request, KernelFacts facts) => Assert.Throws<ContainmentException>(() => SandboxPlanner.Plan(request, facts)).Message;

    private string At(string name) => Path.Join(_root, name);
}

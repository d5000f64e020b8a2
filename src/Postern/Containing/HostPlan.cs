using System.Globalization;
using Postern.Engine.Configuration;
using Postern.Program.Generating;
using Postern.Program.Running;

namespace Postern.Program.Containing;

/// <summary>The steps that contain a host, as data.</summary>
internal sealed class HostPlan(ContainChoices choices)
{
    private const string Unit = "postern-contain.service";
    private const string NetUnit = "postern-contain-net.service";
    private const UnixFileMode SudoersMode = UnixFileMode.UserRead | UnixFileMode.GroupRead;

    private string Filter => choices.Settings + "/agent.nft";
    private string Pins => choices.Settings + "/program.sha256";
    private string Config => choices.Settings + "/postern.yaml";
    private string Trust => choices.Settings + "/ca-bundle.pem";
    private string AuthorityFile => choices.Home + "/ca.pem";
    private string[] Systemctl => choices.Root.Length == 0 ? ["systemctl"] : ["systemctl", "--root=" + choices.Root];

    /// <summary>What <c>install</c> does, in order: the agent is shut in before anything lets it be started.</summary>
    public Step[] Install(string program) =>
    [
        new("operator", new RunAct("getent", "passwd", choices.Operator), null, null),
        User(choices.Proxy, "/nonexistent"),
        User(choices.Agent, "/home/" + choices.Agent),
        Step.Of("filter", File(Filter, "nftables.nft")),
        new("filter-loaded", new RunAct("nft", "list", "chain", "inet", "postern_contain", "agent"), new RunAct("nft", "-f", Filter), new RunAct("nft", "delete", "table", "inet", "postern_contain")),
        ConfigStep(new WriteAct(Config, ConfigTemplate.Generate(choices.Preset)!, WriteAct.Readable)),
        Step.Of("program", new WriteAct(Pins, Pin.OfProgram(program), WriteAct.Readable)),
        new("authority", new RunAct("test", "-f", AuthorityFile), new RunAct(program, "tls", "init", "--home", choices.Home),
            new RunAct("rm", "-f", AuthorityFile, choices.Home + "/ca-key.pem")),
        new("home-owner", Shell("test -z \"$(find \"$1\" ! -user \"$2\" || echo none)\"", choices.Home, choices.Proxy), new RunAct("chown", "-R", choices.Proxy, choices.Home), null),
        new("trust", new RunAct("test", "-s", Trust), Shell("umask 022; cat /etc/ssl/certs/ca-certificates.crt \"$1\" > \"$2\"", AuthorityFile, Trust), new RunAct("rm", "-f", Trust)),
        Step.Of("unit-net", File(choices.At("/etc/systemd/system/" + NetUnit), "contain-net.service")),
        Step.Of("unit", File(choices.At("/etc/systemd/system/" + Unit), "contain.service", program)),
        UnitOn("unit-net-on", NetUnit),
        UnitOn("unit-on", Unit),
        Step.Of("launcher", File(choices.Launcher, "contain-agent.sh") with { Mode = WriteAct.Runnable }),
        Step.Of("sudoers", File(choices.At("/etc/sudoers.d/postern-contain"), "contain.sudoers") with { Mode = SudoersMode }),
        new("sudoers-sound", new RunAct("visudo", "-c", "-q", "-f", choices.At("/etc/sudoers.d/postern-contain")), null, null),
    ];

    /// <summary>What lets the operator start a tool as the agent.</summary>
    public Step[] AddTool(Pin pin) =>
    [
        // Whoever can write the file could exchange it between the look at its hash and its start.
        new($"tool-owner:{pin.Name}", Shell("test -n \"$(find \"$1\" -maxdepth 0 -type f -user root ! -perm /022)\"", pin.Path), null, null),
        Step.Of($"tool-pin:{pin.Name}", new WriteAct($"{choices.Tools}/{pin.Name}", pin.Line, WriteAct.Readable)),
        Step.Of($"tool:{pin.Name}", File(choices.At("/usr/local/bin/contained-" + pin.Name), "contain-wrapper.sh", pin.Name) with { Mode = WriteAct.Runnable }),
    ];

    /// <summary>What lets the agent work in a folder.</summary>
    public Step[] Grant(string folder) =>
    [
        new($"reached:{folder}", new RunAct("runuser", "-u", choices.Agent, "--", "test", "-x", Path.GetDirectoryName(folder)!), null, null),
        new($"workspace:{folder}", new RunAct("runuser", "-u", choices.Agent, "--", "test", "-w", folder),
            new RunAct("setfacl", "-R", "-P", "-m", $"u:{choices.Agent}:rwX,d:u:{choices.Agent}:rwX", folder),
            new RunAct("setfacl", "-R", "-P", "-x", $"u:{choices.Agent},d:u:{choices.Agent}", folder)),
    ];

    // The operator's to edit: what is there is taken, and what was edited is kept.
    private static Step ConfigStep(WriteAct file) => new("config", new RunAct("test", "-f", file.Path), file, new RemoveAct(file));

    // One by one: asked about several, systemctl is content with one of them.
    private Step UnitOn(string name, string unit) => new(name, new RunAct([.. Systemctl, "is-enabled", "--quiet", unit]),
        new RunAct([.. Systemctl, "enable", .. Now, unit]), new RunAct([.. Systemctl, "disable", .. Now, unit]));

    private string[] Now => choices.Root.Length == 0 ? ["--now"] : [];

    private static Step User(string name, string home) => new($"user:{name}", new RunAct("getent", "passwd", name),
        new RunAct("useradd", "--system", "--user-group", home == "/nonexistent" ? "--no-create-home" : "--create-home", "--home-dir", home, "--shell", "/usr/sbin/nologin", name),
        new RunAct("userdel", name));

    private static RunAct Shell(string script, params string[] arguments) => new(["sh", "-c", script, "sh", .. arguments]);

    private WriteAct File(string path, string template, string subject = "") => new(path, Template.Render(template, Values(subject)), WriteAct.Readable);

    private Dictionary<string, string> Values(string subject) => new()
    {
        ["agent"] = choices.Agent,
        ["proxy"] = choices.Proxy,
        ["operator"] = choices.Operator,
        ["port"] = choices.Port.ToString(CultureInfo.InvariantCulture),
        ["table"] = "postern_contain",
        ["filter"] = Filter,
        ["pins"] = Pins,
        ["home"] = choices.Home,
        ["config-file"] = Config,
        ["tools"] = choices.Tools,
        ["launcher"] = choices.Launcher,
        ["program"] = subject,
        ["tool"] = subject,
        ["agent-environment"] = string.Join(' ', ChildEnvironment.Of(new Uri($"http://127.0.0.1:{choices.Port}"), Trust).Where(static pair => pair.Value.Length > 0).Select(static pair => pair.Key + "=" + pair.Value)),
    };
}

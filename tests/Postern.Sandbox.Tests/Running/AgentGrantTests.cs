using System.Net.Sockets;

namespace Postern.Sandbox.Tests.Running;

/// <summary>What an agent that is started by its name reaches, and nobody else does.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class AgentGrantTests
{
    private const string Base = "linux root unshare setpriv bash python3";

    private const string Config = """
        agents:
          - name: builder
            sandbox:
              filesystem: { allow_read: [~/tools], allow_write: [~/cache], deny_execute: [~/cache] }
              environment: [BUILD_TOKEN]
              sockets: [~/service]
          - name: thief
            sandbox: { filesystem: { allow_read: [~/.ssh] } }
          - name: insider
            sandbox: { filesystem: { allow_write: [HOME] } }
          - name: strict
            sandbox: { strict: true }

        """;

    private const string Reach = """
        test -x ~/tools/run && ~/tools/run && echo RUNS
        touch ~/tools/x 2> /dev/null && echo CHANGED
        touch ~/cache/x && echo WRITES
        cp /bin/true ~/cache/t && ~/cache/t && echo EXECUTED
        python3 -c "import ctypes,mmap,os; f=os.open(os.path.expanduser('~/cache/x'),os.O_RDWR); os.ftruncate(f,4096); mmap.mmap(f,4096,prot=mmap.PROT_READ|mmap.PROT_EXEC,flags=mmap.MAP_PRIVATE)" 2> /dev/null && echo MAPPED
        test -n "$BUILD_TOKEN" && echo KNOWS
        python3 -c "import socket,os; socket.socket(socket.AF_UNIX).connect(os.path.expanduser('~/service'))" 2> /dev/null && echo CONNECTS
        true
        """;

    [NeedsTheory(Base)]
    [InlineData(Contained.Root, "builder", "RUNS WRITES KNOWS CONNECTS")]
    [InlineData(Contained.Nobody, "builder", "RUNS WRITES KNOWS CONNECTS")]
    [InlineData(Contained.Root, "strict", "")]
    [InlineData(Contained.Nobody, null, "")]
    public async Task An_agent_reaches_what_it_was_granted_and_no_more(string user, string? agent, string reached)
    {
        using var contained = Prepared(user);
        using var service = Listen(contained);
        var outcome = await contained.ShellAsync(Reach, ["--config", "p.yaml", .. agent is null ? (string[])[] : ["--agent", agent]]);

        Assert.True(outcome.ExitCode == 0, outcome.All);
        Assert.Equal(reached, string.Join(' ', outcome.Output.Split((char[])['\n', ' '], StringSplitOptions.RemoveEmptyEntries)));
    }

    [NeedsFact(Base)]
    public async Task A_dry_run_shows_what_the_agent_gets()
    {
        using var contained = Prepared(Contained.Root);
        using var service = Listen(contained);
        var outcome = await contained.PosternAsync("sandbox", "--dry-run", "--config", "p.yaml", "--agent", "Builder", "--", "true");

        Assert.Contains($"write    {contained.UserHome}/cache  (nothing is executed there)", outcome.Output, StringComparison.Ordinal);
        Assert.Contains($"read     {contained.UserHome}/tools", outcome.Output, StringComparison.Ordinal);
        Assert.Contains($"write    {contained.UserHome}/service", outcome.Output, StringComparison.Ordinal);
        Assert.Contains(" BUILD_TOKEN ", outcome.Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [NeedsTheory(Base)]
    [InlineData("thief", 125, "~/.ssh holds secrets, and is hidden whatever is granted")]
    [InlineData("insider", 125, "holds secrets")]
    [InlineData("nobody", 2, "there is no such agent")]
    public async Task A_grant_that_opens_secrets_or_Posterns_home_starts_nothing(string agent, int code, string why)
    {
        using var contained = Prepared(Contained.Root);
        var outcome = await contained.ShellAsync("echo STARTED", "--config", "p.yaml", "--agent", agent);

        Assert.Equal(code, outcome.ExitCode);
        Assert.Contains(why, outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("STARTED", outcome.Output, StringComparison.Ordinal);
    }

    [NeedsTheory(Base)]
    [InlineData("run")]
    [InlineData("sandbox")]
    public async Task Whoever_is_started_as_an_agent_is_that_agent_in_the_records(string word)
    {
        using var contained = Prepared(Contained.Root);
        var outcome = await contained.PosternAsync(word, "--config", "p.yaml", "--agent", "builder", "--", "python3", "-c", "import urllib.request as u\ntry: u.urlopen('http://169.254.169.254/')\nexcept Exception: pass");

        Assert.True(outcome.ExitCode == 0, outcome.All);
        Assert.Contains("\"actor\":\"builder\"", string.Concat(Directory.GetFiles(Path.Join(contained.Directory, "home", "evidence"), "*.jsonl").Select(File.ReadAllText)), StringComparison.Ordinal);
    }

    private static Contained Prepared(string user)
    {
        var contained = new Contained(user);
        contained.Environment["BUILD_TOKEN"] = "planted";
        contained.Write("p.yaml", Config.Replace("HOME", Path.Join(contained.Directory, "home"), StringComparison.Ordinal));
        var tool = Path.Join(Directory.CreateDirectory(Path.Join(contained.UserHome, "tools")).FullName, "run");
        File.WriteAllText(tool, "#!/bin/sh\ntrue\n");
        File.SetUnixFileMode(tool, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(Directory.CreateDirectory(Path.Join(contained.UserHome, "cache")).FullName, (UnixFileMode)0b111_111_111);
        return contained;
    }

    private static Socket Listen(Contained contained)
    {
        var path = Path.Join(contained.UserHome, "service");
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);
        socket.Listen(8);
        return socket;
    }
}

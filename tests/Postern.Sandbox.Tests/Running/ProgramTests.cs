namespace Postern.Sandbox.Tests.Running;

/// <summary>Programs that people use work in the default sandbox. Those that need a server outside are in the black-box tests of clients, which run contained too.</summary>
public sealed class ProgramTests
{
    private const string Base = "linux unshare setpriv /bin/sleep";

    // What is needed, a script, and what its output must end with.
    public static TheoryData<string, string, string> Programs => new()
    {
        { "bash", "set -m; sleep 60 & jobs; kill %1; wait %1; echo $?", "143" },
        { "bash", "mkfifo p; (echo through > p) & cat p; wait", "through" },
        { "bash", "diff <(echo a) <(echo a) && cat /dev/fd/0 <<< same", "same" },
        { "git", "git init -q r && cd r && echo a > a && git add a && git -c user.name=x -c user.email=x@example.org commit -qm first && git mv a b && git status --short", "R  a -> b" },
        { "python3", "python3 -c 'import threading; t = threading.Thread(target=print, args=(\"thread\",)); t.start(); t.join()'", "thread" },
        { "python3", "python3 -c 'import sqlite3; c = sqlite3.connect(\"db\"); c.execute(\"pragma journal_mode=wal\"); c.execute(\"create table t(a)\"); c.commit(); print(\"sqlite\")'", "sqlite" },
        { "python3", "python3 -c 'import multiprocessing as m; print(m.Pool(2).map(abs, [-1, 2]))'", "[1, 2]" },
        { "python3", "python3 -c 'import pty, os; pid, fd = pty.fork(); (os.execvp(\"echo\", [\"echo\", \"in a terminal\"]) if pid == 0 else print(os.read(fd, 99).decode().strip()))'", "in a terminal" },
        { "python3", "python3 -c 'import socket, threading; s = socket.create_server((\"127.0.0.1\", 0)); threading.Thread(target=lambda: s.accept()[0].send(b\"own server\")).start(); print(socket.create_connection(s.getsockname()).recv(99).decode())'", "own server" },
        { "node", "node -e 'require(\"fs\").promises.writeFile(\"f\", \"x\").then(() => new (require(\"worker_threads\").Worker)(\"console.log(1 + 1)\", { eval: true }))'", "2" },
        { "npm", "npm init -y > /dev/null && npm pkg set scripts.hello='echo from npm' && npm run -s hello", "from npm" },
        { "gcc", "echo 'int main(void) { return 7; }' > m.c; gcc m.c -o m; ./m; echo $?", "7" },
        { "gcc make", "printf 'all: a b\\n%%:\\n\\techo $@ > $@\\n' > Makefile; make -s -j2; cat a b | tr -d '\\n'", "ab" },
        { "tar gzip", "mkdir d; echo x > d/f; tar czf d.tgz d; rm -r d; tar xzf d.tgz; cat d/f", "x" },
        { "bash", "echo old > file; echo new > .file.tmp; mv .file.tmp file; mkdir sub; mv file sub/; ln sub/file hard; cat hard", "new" },
        { "bash", "df /dev/shm > /dev/null && echo x > /dev/shm/x && echo y > /tmp/y && echo z > ~/z && cat /dev/shm/x /tmp/y ~/z | tr -d '\\n'", "xyz" },
        { "curl", "curl -s -o /dev/null -w '%{http_code}' http://169.254.169.254/latest/meta-data/", "403" },
        { "bash", "test -r /proc/self/maps && test -r /proc/meminfo && test -d /proc/$$/task && ps=$(ls /proc | grep -c '^[0-9]') && test $ps -lt 10 && echo few", "few" },
    };

    [NeedsTheory(Base)]
    [MemberData(nameof(Programs))]
    public async Task Works(string needs, string script, string output)
    {
        Assert.SkipWhen(Need.SkipReason(needs) is not null, Need.SkipReason(needs) ?? "");
        using var contained = new Contained();
        var outcome = await contained.ShellAsync(script);
        Assert.True(outcome.Output.TrimEnd().EndsWith(output, StringComparison.Ordinal), outcome.All);
    }

    [NeedsFact(Base + " dotnet")]
    public async Task Dotnet_builds_a_project()
    {
        using var contained = new Contained();
        contained.Write("p.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        contained.Write("Program.cs", "class P { static int X = 1; }");
        contained.Write("nuget.config", "<configuration><packageSources><clear /></packageSources></configuration>");
        var outcome = await contained.ShellAsync("export MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false; dotnet build p.csproj -p:OutputType=Library -p:UseAppHost=false -v:q && ls bin/Debug/net10.0/p.dll");
        Assert.True(outcome.Output.TrimEnd().EndsWith("p.dll", StringComparison.Ordinal), outcome.All);
    }

    [NeedsTheory(Base)]
    [InlineData("exit 42", 42)]
    [InlineData("kill -TERM $$", 143)]
    [InlineData("kill -KILL $$", 137)]
    [InlineData("kill -INT $$", 130)]
    public async Task The_exit_code_is_the_commands(string script, int code)
    {
        using var contained = new Contained();
        Assert.Equal(code, (await contained.ShellAsync(script)).ExitCode);
    }

    [NeedsTheory(Base)]
    [InlineData("no-such-program-anywhere", 127)]
    [InlineData("/no/such/program", 127)]
    [InlineData("/etc/passwd", 126)]
    [InlineData("/etc", 126)]
    public async Task What_cannot_be_executed_has_the_shells_codes(string command, int code)
    {
        using var contained = new Contained();
        Assert.Equal(code, (await contained.PosternAsync("sandbox", "--", command)).ExitCode);
    }

    [NeedsFact(Base)]
    public async Task What_cannot_be_contained_is_not_started()
    {
        using var contained = new Contained();
        var outcome = await contained.PosternAsync("sandbox", "--workspace", "/", "--", "touch", "started");
        Assert.Equal(125, outcome.ExitCode);
        Assert.False(File.Exists(Path.Join(contained.Directory, "started")));
    }

    [NeedsFact(Base)]
    public async Task A_signal_to_the_firewall_reaches_the_command()
    {
        using var contained = new Contained();
        contained.Write("outer.sh", """
            mkfifo ready
            "$1" sandbox -- bash -c 'trap "exit 9" TERM; echo x > ready; while :; do read -t 1 < /dev/zero; done' &
            cat ready > /dev/null
            kill -TERM $!
            wait $!
            echo "code $?"
            """);
        var said = await contained.WithAsync(["bash", "outer.sh", Blackbox.Tests.PosternProcess.Executable]);
        Assert.Equal("code 9", said.Trim());
    }
}

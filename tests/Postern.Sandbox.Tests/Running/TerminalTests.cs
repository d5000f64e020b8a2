using Postern.Blackbox.Tests;

namespace Postern.Sandbox.Tests.Running;

public sealed class TerminalTests
{
    // Plays a person at a terminal: waits for a text, then types.
    private const string Person = """
        import os, pty, select, sys
        pid, fd = pty.fork()
        if pid == 0:
            os.execv(sys.argv[1], sys.argv[1:])
        seen, at = b"", 0
        def until(mark):
            global seen, at
            while mark not in seen[at:]:
                if not select.select([fd], [], [], 60)[0]:
                    sys.exit("never saw %r in %r" % (mark, seen))
                seen += os.read(fd, 4096)
            at = seen.index(mark, at) + len(mark)
        steps = [("# ", "PS1='rea''dy> '\n"), ("ready> ", "sh -c 'echo sta''rted; exec sleep 100'\n"), ("started", "\x1a"),
                 ("Stopped", ""), ("ready> ", "fg\n"), ("exec sleep 100'\r\n", "\x03"), ("ready> ", "echo co''de $?\n"), ("code 130", ""), ("ready> ", "exit 5\n")]
        for mark, keys in steps:
            until(mark.encode())
            os.write(fd, keys.encode())
        try:
            while os.read(fd, 4096): pass
        except OSError:
            pass
        print("ended", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        """;

    [NeedsFact("linux root unshare python3 bash")]
    public async Task A_shell_in_the_sandbox_has_job_control_and_its_terminal()
    {
        using var contained = new Contained();
        var person = contained.Write("person.py", Person);
        var outcome = await contained.WithAsync(["python3", person, PosternProcess.Executable, "sandbox", "--", "bash", "--norc", "-i"]);
        Assert.Equal("ended 5", outcome.Trim());
    }
}

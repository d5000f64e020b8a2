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
        def until(mark, again):
            global seen, at
            patience = 60
            while mark not in seen[at:]:
                if select.select([fd], [], [], 1)[0]:
                    seen += os.read(fd, 4096)
                    continue
                patience -= 1
                if patience == 0:
                    sys.exit("never saw %r in %r" % (mark, seen))
                os.write(fd, again)
            at = seen.index(mark, at) + len(mark)
        steps = [("# ", "PS1='rea''dy> '\n"), ("ready> ", "sh -c 'echo sta''rted; exec sleep 100'\n"), ("started", "\x1a"),
                 ("Stopped", ""), ("ready> ", "fg\n"), ("exec sleep 100'\r\n", "\x03"), ("ready> ", "echo co''de $?\n"), ("code 130", ""), ("ready> ", "exit 5\n")]
        again = b""
        for mark, keys in steps:
            until(mark.encode(), again)
            os.write(fd, keys.encode())
            # The shell says what it brings to the front before it does: an interrupt in between is its own, and a person presses again.
            again = b"\x03" if keys == "\x03" else b""
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

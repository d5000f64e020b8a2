using System.Net;
using System.Net.Sockets;

namespace Postern.Sandbox.Tests.Running;

/// <summary>Ways out, each tried by a real program: as root and as nobody, with namespaces and without. Each must fail.</summary>
public sealed class EscapeTests
{
    private const string Base = "linux root unshare setpriv python3 gcc";

    // Each script prints ESCAPED when it got out. The last column: whether it means something without namespaces.
    private static readonly (string Name, string Script, bool Everywhere)[] s_attempts =
    [
        ("read a key in the home", "cat \"$REAL_HOME/.ssh/id_test\" && echo ESCAPED", true),
        ("read it by a link", "ln -s \"$REAL_HOME/.ssh\" l; cat l/id_test && echo ESCAPED", true),
        ("read it by its way up from a descriptor", "cat /proc/self/cwd/../../../$REAL_HOME/.ssh/id_test && echo ESCAPED", true),
        ("read the passwords", "cat /etc/shadow | grep : && echo ESCAPED", true),
        ("read Postern's keys", "cat \"$OWN/keys/evidence.key\" > /dev/null && echo ESCAPED", true),
        ("change the evidence", "touch \"$OWN/x\" && echo ESCAPED; for f in \"$OWN\"/evidence/*.jsonl; do echo x >> \"$f\" && echo ESCAPED; done; test -e \"$OWN/keys\" && rm -rf \"$OWN\" && echo ESCAPED", true),
        ("write into the system", "touch /usr/escaped && echo ESCAPED; touch /etc/escaped && echo ESCAPED", true),
        ("write into the home", "test -e \"$REAL_HOME\" && touch \"$REAL_HOME/escaped\"; true", true),
        ("connect past the firewall", "exec 3<>/dev/tcp/${TRAP%:*}/${TRAP#*:} && echo ESCAPED", true),
        ("connect over IPv6", Python("s = socket.create_connection(('::1', int(os.environ['TRAP'].split(':')[1])), 2)"), true),
        ("send a datagram", Python("s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.sendto(b'x', ('8.8.8.8', 53))"), true),
        ("multipath TCP", Python("s = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262); s.connect((os.environ['TRAP'].split(':')[0], int(os.environ['TRAP'].split(':')[1])))"), true),
        ("connect while sending", Python("s = socket.socket(); s.sendto(b'x', 0x20000000, (os.environ['TRAP'].split(':')[0], int(os.environ['TRAP'].split(':')[1])))"), true),
        ("raw socket", Python("socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)"), true),
        ("packet socket", Python("socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 3)"), true),
        ("netlink to the packet filter", Python("socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 12)"), true),
        ("hypervisor socket", Python("socket.socket(40, socket.SOCK_STREAM)"), true),
        ("container engine", Python("s = socket.socket(socket.AF_UNIX); s.connect('/var/run/docker.sock')"), true),
        ("a Unix socket outside", Python("s = socket.socket(socket.AF_UNIX); s.connect(os.environ['TRAP_PATH'])"), true),
        ("an abstract socket outside", Python("s = socket.socket(socket.AF_UNIX); s.connect('\\0' + os.environ['TRAP_NAME'])"), true),
        ("trace process 1", Call(101, "0x4206, 1, 0, 0"), true),
        ("read process 1", "cat /proc/1/environ > /dev/null && echo ESCAPED", true),
        ("the root of process 1", "ls /proc/1/root/ && echo ESCAPED; ls /proc/1/cwd/ && echo ESCAPED", true),
        ("memory of the parent", Python("open(f'/proc/{os.getppid()}/mem', 'rb+')"), true),
        ("kill all", "kill -0 1 && echo ESCAPED", true),
        ("kill the firewall", "kill -0 $FIREWALL && echo ESCAPED", false),
        ("mount", Call(165, "(long)\"x\", (long)\"/tmp\", (long)\"tmpfs\", 0, 0"), true),
        ("unmount what hides", "umount -l /etc/shadow && echo ESCAPED; umount -l /proc && echo ESCAPED", true),
        ("make /proc writable", "mount -o remount,rw /proc && echo ESCAPED; echo core > /proc/sys/kernel/core_pattern && echo ESCAPED", true),
        ("sysrq", "echo h > /proc/sysrq-trigger && echo ESCAPED", true),
        ("new user namespace", "unshare -U true && echo ESCAPED; unshare -r true && echo ESCAPED", true),
        ("new user namespace by clone", Call(56, "0x10000000 | 17, 0, 0, 0, 0"), true),
        ("new user namespace by clone3", Call(435, "(long)(unsigned long[]){0x10000000,0,0,0,17,0,0,0}, 64"), true),
        ("enter a namespace", Call(308, "open(\"/proc/1/ns/net\", 0), 0"), true),
        ("io_uring", Call(425, "8, (long)(char[256]){0}"), true),
        ("bpf", Call(321, "0, (long)(char[128]){1,0,0,0,4,0,0,0,4,0,0,0,1}, 128"), true),
        ("watch other processes", Call(298, "(long)(char[128]){1,0,0,0,112}, 0, -1, -1, 0"), true),
        ("keyring", Call(250, "0, -3, 1"), true),
        ("load a module", Call(313, "open(\"/bin/true\", 0), (long)\"\", 0"), true),
        ("open by handle", Call(304, "-100, (long)(int[34]){8, 1}, 0"), true),
        ("system calls of 32 bits", Compiled("long r; __asm__ volatile(\"int $0x80\" : \"=a\"(r) : \"a\"(20)); if (r > 0) puts(\"ESCAPED\");"), true),
        ("x32 numbers", Call(0x40000000 + 39, ""), true),
        ("type into the terminal", Compiled("char c = 'x'; errno = 0; ioctl(0, 0x5412, &c); if (errno != EPERM) puts(\"ESCAPED\");"), true),
        ("disk", "cat /dev/vda | head -c1 | grep -q . && echo ESCAPED; mknod d b 254 0 && echo ESCAPED", true),
        ("set-user-id", "cp /bin/bash b; chmod 6755 b; su -c 'echo ESCAPED' < /dev/null; ./b -p -c 'grep -q \"NoNewPrivs:.1\" /proc/self/status || echo ESCAPED'", true),
        ("capabilities", "grep -E 'Cap(Prm|Eff|Bnd|Amb|Inh)' /proc/self/status | grep -v 0000000000000000 && echo ESCAPED", false),
        ("an inherited descriptor", "ls /proc/self/fd | grep -vE '^[0-3]$' && echo ESCAPED", true),
        ("other terminals", "for t in /dev/pts/[0-9]*; do echo -n > $t && echo ESCAPED; done", true),
        ("core dumps", "test $(ulimit -c) = 0 || echo ESCAPED", true),
    ];

    public static TheoryData<string, bool> Starts => new() { { Contained.Root, false }, { Contained.Nobody, false }, { Contained.Root, true }, { Contained.Nobody, true } };

    [NeedsTheory(Base)]
    [MemberData(nameof(Starts))]
    public async Task Nothing_gets_out(string user, bool withoutNamespaces)
    {
        using var contained = new Contained(user, withoutNamespaces);
        using var tcp = new TcpListener(IPAddress.Loopback, 0);
        tcp.Start();
        using var path = Listening(new UnixDomainSocketEndPoint(Path.Join(contained.UserHome, "socket")));
        var name = "postern-escape-" + Guid.NewGuid();
        using var abstractName = Listening(new UnixDomainSocketEndPoint("\0" + name));
        contained.Environment["TRAP"] = tcp.LocalEndpoint.ToString()!;
        contained.Environment["TRAP_PATH"] = Path.Join(contained.UserHome, "socket");
        contained.Environment["TRAP_NAME"] = name;
        contained.Environment["REAL_HOME"] = contained.UserHome;
        contained.Environment["OWN"] = contained.Environment["POSTERN_HOME"] = Path.Join(withoutNamespaces ? contained.UserHome : contained.Directory, "own");
        contained.Environment["FIREWALL"] = Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        contained.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH")! + ":/usr/bin:/bin";
        var attempts = s_attempts.Where(attempt => attempt.Everywhere || !withoutNamespaces).ToList();
        var script = string.Concat(attempts.Select(static attempt => $"echo \"=== {attempt.Name}\"\n( {attempt.Script}\n) 2>/dev/null\n"));

        var outcome = await contained.ShellAsync($"exec 2>/dev/null\nmkdir w; cd w\n{script}\necho '=== end'", withoutNamespaces ? "--best-effort" : "--strict");

        var blocks = outcome.Output.Split("=== ", StringSplitOptions.RemoveEmptyEntries);
        Assert.True(blocks.Length == attempts.Count + 1, outcome.All);
        Assert.Equal([], blocks.Where(static block => block.Contains("ESCAPED", StringComparison.Ordinal)).Select(static block => block.Split('\n')[0]));
        Assert.False(tcp.Pending());
        Assert.Equal(["socket"], Directory.EnumerateFiles(contained.UserHome).Select(Path.GetFileName));
    }

    [NeedsFact(Base)]
    public async Task The_attempts_get_out_where_nothing_contains_them()
    {
        using var contained = new Contained();
        using var tcp = new TcpListener(IPAddress.Loopback, 0);
        tcp.Start();
        contained.Environment["TRAP"] = tcp.LocalEndpoint.ToString()!;
        contained.Environment["REAL_HOME"] = contained.UserHome;
        string[] harmless = ["read a key in the home", "read the passwords", "connect past the firewall", "connect while sending", "raw socket", "packet socket", "new user namespace", "system calls of 32 bits", "io_uring", "bpf", "keyring", "capabilities"];
        foreach (var (name, script, _) in s_attempts.Where(attempt => harmless.Contains(attempt.Name)))
        {
            var outcome = await contained.PosternAsync("run", "--uncontained", "--", "bash", "-c", $"( {script} )");
            Assert.True(outcome.Output.Contains("ESCAPED", StringComparison.Ordinal), name + ": " + outcome.All);
        }
    }

    private static Socket Listening(UnixDomainSocketEndPoint at)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(at);
        socket.Listen(1);
        return socket;
    }

    private static string Python(string code) => $"python3 -c \"import os, socket; {code.Replace("\\", "\\\\", StringComparison.Ordinal)}; print('ESCAPED')\"";

    private static string Call(long number, string arguments) =>
        Compiled($"if (syscall({number}L{(arguments.Length > 0 ? ", " + arguments : "")}) >= 0) puts(\"ESCAPED\");");

    private static string Compiled(string body) => $$"""
        cat > t.c <<'END'
        #define _GNU_SOURCE
        #include <errno.h>
        #include <fcntl.h>
        #include <stdio.h>
        #include <sys/ioctl.h>
        #include <unistd.h>
        int main(void) { {{body}} return 0; }
        END
        gcc -w t.c -o t && ./t
        """;
}

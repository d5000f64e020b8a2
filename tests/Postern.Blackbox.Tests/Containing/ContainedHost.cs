using System.Diagnostics;

namespace Postern.Blackbox.Tests.Containing;

/// <summary>A host to contain: this machine with a network, an /etc and a /home of its own, so that users, rules and units are nobody else's.</summary>
internal sealed class ContainedHost : IDisposable
{
    // Programs in $T/bin come first, so that a test can make one fail. $R is the root that files go below.
    private const string Before = """
        set -u
        cp -a /etc "$T/etc" && mount --bind "$T/etc" /etc && mount -t tmpfs -o mode=755 tmpfs /home && ip link set lo up || exit 99
        mkdir -p "$T/bin"; PATH="$T/bin:/usr/sbin:/sbin:/usr/bin:/bin"
        contain() { "$P" contain "$@" --root "$R"; }
        as_agent() { runuser -u postern-agent -- "$@"; }
        broken() { printf '#!/bin/sh\n[ "$%s" = "%s" ] && exit 7\nexec "%s" "$@"\n' "$2" "$3" "$(command -v "$1")" > "$T/bin/$1"; chmod 755 "$T/bin/$1"; }
        in_the_way() { mkdir -p "$(dirname "$R/$1")"; echo mine > "$R/$1"; }
        listening() { python3 -c 'import socket,time; s=socket.socket(); s.bind(("127.0.0.1",8888)); s.listen(); print(flush=True); time.sleep(60)' > "$T/ready" & server=$!; while ! [ -s "$T/ready" ]; do :; done; }

        """;

    // The programs of the machine must be executable for the agent, and so must the way to them be.
    private readonly string _directory = Directory.CreateTempSubdirectory("postern-contain-").FullName;

    public ContainedHost()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_directory, (UnixFileMode)Convert.ToInt32("755", 8));
        }
    }

    /// <summary>What a script says on this host. It finds the program as $P, a folder of its own as $T.</summary>
    public async Task<string> RunAsync(string script)
    {
        var start = new ProcessStartInfo("unshare", ["-m", "-n", "--propagation", "private", "timeout", "100", "bash", "-c", Before + script])
        {
            WorkingDirectory = _directory,
            RedirectStandardOutput = true,
        };
        (start.Environment["P"], start.Environment["T"], start.Environment["R"]) = (PosternProcess.Executable, _directory, Path.Combine(_directory, "root"));
        start.Environment["HOME"] = _directory;
        start.Environment.Remove("SUDO_USER");
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}

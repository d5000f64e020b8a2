using Postern.Needs;

namespace Postern.Blackbox.Tests.Containing;

public sealed class ContainTests : IDisposable
{
    private const string Machine = "root linux unshare ip python3 runuser sudo setfacl systemctl /usr/sbin/visudo /usr/sbin/nft /usr/sbin/useradd /etc/ssl/certs/ca-certificates.crt";
    private const string Left = "find root -type f ! -name ca.lock 2>/dev/null; nft list tables; getent passwd postern-agent postern-proxy; ls /home";

    // Four ways out, one way through, two places hidden, eight read-only, groups, sudo.
    private const int LookedAtAsAgent = 17;

    private readonly ContainedHost _host = new();

    [NeedsFact(Machine)]
    public async Task What_is_installed_holds_and_is_gone_after_a_rollback()
    {
        var said = await _host.RunAsync($"""
            contain install --operator games > first; echo install $?
            contain install --operator games | grep -v ^holds; echo again $?
            listening
            contain verify; echo verify $?
            contain rollback > back; echo rollback $?; kill $server
            rm -rf /home/postern-agent; {Left}
            """);
        Assert.StartsWith("install 0\nagain 1\n", said, StringComparison.Ordinal);
        Assert.DoesNotContain("OPEN", said, StringComparison.Ordinal);
        Assert.Contains("holds  closed:udp6\n", said, StringComparison.Ordinal);
        Assert.EndsWith("verify 0\nrollback 0\n", said, StringComparison.Ordinal);
    }

    [NeedsFact(Machine)]
    public async Task A_dry_run_prints_what_a_shell_can_run_and_does_nothing()
    {
        var said = await _host.RunAsync($"""
            contain install --operator games --dry-run > script; echo dry $?
            {Left}
            sh -e script > /dev/null 2>&1; echo script $?
            contain install --operator games | grep -v ^holds; echo "all holds"
            """);
        Assert.Equal("dry 0\nscript 0\nall holds\n", said);
    }

    [NeedsTheory(Machine)]
    [InlineData("operator", "deluser() { sed -i \"/^$1:/d\" /etc/passwd; }; deluser games")]
    [InlineData("user:postern-proxy", "broken useradd 9 postern-proxy; broken useradd 8 postern-proxy")]
    [InlineData("user:postern-agent", "broken useradd 8 postern-agent")]
    [InlineData("user:postern-agent", "printf '#!/bin/sh\\nexit 0\\n' > $T/bin/useradd; chmod 755 $T/bin/useradd; /usr/sbin/useradd --system postern-proxy")]
    [InlineData("filter", "in_the_way etc/postern/contain/agent.nft")]
    [InlineData("filter-loaded", "broken nft 1 -f")]
    [InlineData("program", "in_the_way etc/postern/contain/program.sha256")]
    [InlineData("authority", "in_the_way var/lib/postern-contain")]
    [InlineData("home-owner", "broken chown 1 -R")]
    [InlineData("trust", "mv /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/other.crt")]
    [InlineData("unit-net", "in_the_way etc/systemd/system/postern-contain-net.service")]
    [InlineData("unit", "in_the_way etc/systemd/system/postern-contain.service")]
    [InlineData("unit-net-on", "broken systemctl 2 enable")]
    [InlineData("unit-on", "broken systemctl 3 postern-contain.service")]
    [InlineData("launcher", "in_the_way usr/local/lib/postern/contain-agent")]
    [InlineData("sudoers", "in_the_way etc/sudoers.d/postern-contain")]
    [InlineData("sudoers-sound", "broken visudo 1 -c")]
    public async Task A_step_that_fails_takes_everything_back(string step, string sabotage)
    {
        var said = await _host.RunAsync($"""
            {sabotage}
            before=$(find root -type f 2>/dev/null; getent passwd postern-proxy)
            contain install --operator games > said; echo install $?
            grep -o 'failed [^ ]*' said
            rm -rf "$T/bin"
            after=$(find root -type f ! -name ca.lock 2>/dev/null; getent passwd postern-proxy)
            [ "$before" = "$after" ] && echo same || echo "$after"
            find root -type f -exec cat [] + 2>/dev/null | grep -v mine
            getent passwd postern-agent; nft list tables
            """.Replace("[]", "{}", StringComparison.Ordinal));
        Assert.Equal($"install 1\nfailed {step}:\nsame\n", said);
    }

    [NeedsTheory(Machine)]
    [InlineData("nft delete table inet postern_contain", "filter-loaded closed:tcp closed:tcp6 closed:udp closed:udp6")]
    [InlineData("nft insert rule inet postern_contain agent meta l4proto udp accept", "closed:udp closed:udp6")]
    [InlineData("nft insert rule inet postern_contain agent meta nfproto ipv6 tcp dport 1-65535 accept", "closed:tcp6")]
    [InlineData("kill $server; wait", "open:firewall")]
    [InlineData("chmod 755 $R/var/lib/postern-contain; chmod 644 $R/var/lib/postern-contain/ca-key.pem", "hidden:keys hidden:home")]
    [InlineData("chmod 666 $R/etc/postern/contain/postern.yaml", "read-only:etc/postern/contain/postern.yaml")]
    [InlineData("chmod 777 $R/usr/local/lib/postern/contain-agent", "launcher read-only:usr/local/lib/postern/contain-agent")]
    [InlineData("usermod -aG sudo postern-agent", "groups")]
    [InlineData("echo 'postern-agent ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/hole", "no-sudo")]
    [InlineData("sed -i '1s/^./g/' $R/etc/postern/contain/program.sha256", "program-unchanged")]
    [InlineData("touch $R/var/lib/postern-contain/mine", "home-owner")]
    [InlineData("systemctl --root=$R disable postern-contain.service 2>/dev/null", "unit-on")]
    [InlineData("systemctl --root=$R disable postern-contain-net.service 2>/dev/null", "unit-net-on")]
    [InlineData("printf '#!/bin/sh\\nexit 1\\n' > $T/bin/runuser; chmod 755 $T/bin/runuser", "every")]
    public async Task A_hole_that_is_opened_is_seen(string hole, string open)
    {
        var said = await _host.RunAsync($$"""
            contain install --operator games > first; listening
            {{hole}}
            contain verify > found; echo verify $?
            grep ^OPEN found | sed "s|$R/||" | awk '{print $2}' | tr -d : | tr '\n' ' '
            kill $server 2>/dev/null
            """);
        var found = said.Split('\n')[1].Trim();
        Assert.StartsWith("verify 1\n", said, StringComparison.Ordinal);
        if (open == "every")
        {
            Assert.Equal(LookedAtAsAgent, found.Split(' ').Length);
        }
        else
        {
            Assert.Equal(open.Replace(":", "", StringComparison.Ordinal), found);
        }
    }

    [NeedsFact(Machine)]
    public async Task A_tool_starts_as_the_agent_only_while_it_is_what_was_added()
    {
        var said = await _host.RunAsync("""
            contain install --operator games > first; launcher=$R/usr/local/lib/postern/contain-agent
            cp /usr/bin/env /usr/bin/grep .; chmod 666 grep
            contain add-tool $T/grep > refused; echo writable $?; chmod 755 grep
            contain add-tool $T/grep > added; contain add-tool $T/env > added; echo added $?
            SECRET=1 as_agent $launcher env | grep -cE '^(SECRET|LD_PRELOAD)='
            SECRET=1 as_agent $launcher env | grep -E '^(USER|HTTPS_PROXY)='
            as_agent $launcher grep NoNewPrivs /proc/self/status
            as_agent $launcher other 2>/dev/null; echo unknown $?
            as_agent $launcher ../tools/env 2>/dev/null; echo path $?
            echo x >> env; as_agent $launcher env 2>/dev/null; echo changed $?
            tail -n 1 $R/usr/local/bin/contained-env | sed "s|$R||"
            contain rollback > back; ls $R/usr/local/bin $R/etc/postern/contain/tools
            """);
        Assert.Equal("""
            writable 1
            added 0
            0
            USER=postern-agent
            HTTPS_PROXY=http://127.0.0.1:8888
            NoNewPrivs:	1
            unknown 127
            path 2
            changed 126
            exec /usr/bin/sudo -n -u postern-agent -- /usr/local/lib/postern/contain-agent env "$@"

            """.ReplaceLineEndings("\n"), said.Replace("\n\n", "\n", StringComparison.Ordinal)[..said.IndexOf("\"$@\"", StringComparison.Ordinal)] + "\"$@\"\n");
        Assert.DoesNotContain("contained-env\n", said, StringComparison.Ordinal);
    }

    [NeedsFact(Machine)]
    public async Task A_workspace_is_the_agents_until_it_is_taken_back()
    {
        var said = await _host.RunAsync("""
            contain install --operator games > first; mkdir -p ws/a; echo x > ws/a/f
            write() { as_agent sh -c "echo y > $T/ws/a/f" 2>/dev/null; echo $1 $?; }
            write before; contain grant-workspace ws > said; write granted
            echo z > ws/later; as_agent sh -c "echo y > $T/ws/later"; echo later $?
            contain revoke-workspace ws > said; write revoked
            contain revoke-workspace ws 2>/dev/null; echo twice $?
            contain grant-workspace /etc/ssl 2>/dev/null; echo system $?
            contain grant-workspace /home 2>/dev/null; echo wide $?
            mkdir -m 700 hidden; mkdir hidden/ws; contain grant-workspace hidden/ws > said; echo behind $?
            contain grant-workspace ws > said; contain rollback > said; echo rollback $?; getfacl -cp ws/a | grep -c ':postern-agent\|^user:[0-9]'
            """);
        Assert.Equal("before 2\ngranted 0\nlater 0\nrevoked 2\ntwice 2\nsystem 2\nwide 2\nbehind 1\nrollback 0\n0\n", said);
    }

    [NeedsTheory(Machine)]
    [InlineData("install --operator games --agent-user games")]
    [InlineData("install --operator games --agent-user root")]
    [InlineData("install --operator games --proxy-user 'x y'")]
    [InlineData("install --operator games --preset wild")]
    [InlineData("install --operator games --port 0")]
    [InlineData("verify")]
    [InlineData("rollback")]
    [InlineData("add-tool /usr/bin/env")]
    public async Task What_makes_no_sense_is_refused(string words) =>
        Assert.Equal("2\n", await _host.RunAsync($"contain {words} 2>/dev/null; echo $?; {Left}"));

    [NeedsFact(Machine)]
    public async Task Only_root_changes_the_host() =>
        Assert.Equal("2\n0\n", await _host.RunAsync("""
            cp -r "$(dirname "$P")" program; P=$T/program/postern
            setpriv --reuid 65534 --clear-groups true
            as_nobody() { setpriv --reuid 65534 --regid 65534 --clear-groups env HOME=/tmp DOTNET_ROOT="$1" "$P" contain install --operator games --root "$R" $2 > said 2>&1; echo $?; }
            as_nobody "$(dirname "$(readlink -f "$(command -v dotnet || echo /usr/share/dotnet/dotnet)")")" ''
            as_nobody "$(dirname "$(readlink -f "$(command -v dotnet || echo /usr/share/dotnet/dotnet)")")" --dry-run
            """));

    public void Dispose() => _host.Dispose();
}

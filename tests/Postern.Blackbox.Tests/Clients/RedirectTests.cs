using System.Text.Json;

namespace Postern.Blackbox.Tests.Clients;

/// <summary>Transparent mode with a real redirect, in a network namespace of its own.</summary>
public sealed class RedirectTests
{
    private const string Configuration = """
        version: 1
        ssrf: { ip_allowlist: [203.0.113.7/32, '2001:db8::7/128'] }
        forward_proxy: { connect_ports: [8000-8001], transparent_listen: '[::]:1081' }

        """;

    /// <summary>The world is an address of the loopback; what user 65534 sends to port 8000, and what anybody sends to 8001, is redirected.</summary>
    private const string Network = """
        set -euo pipefail
        ip link set lo up
        ip addr add 203.0.113.7/32 dev lo
        ip -6 addr add 2001:db8::7/128 dev lo nodad
        nft -f - <<'RULES'
        table inet postern {
          chain out {
            type nat hook output priority -100
            meta skuid 65534 tcp dport 8000 redirect to :1081
            tcp dport 8001 redirect to :1081
          }
        }
        RULES
        exec "$@"
        """;

    private const string Script = """
        set -euo pipefail
        python3 -m http.server 8000 --bind :: >/dev/null 2>&1 &
        trap "kill $!" EXIT
        curl --noproxy '*' -sS -o /dev/null --retry 60 --retry-connrefused --retry-delay 1 http://203.0.113.7:8000/
        status() { echo "$1 $(setpriv --reuid 65534 --regid 65534 --clear-groups curl --noproxy '*' -s -o /dev/null -m 30 -w '%{http_code}' "$2")"; }
        status ipv4 'http://203.0.113.7:8000/'
        status ipv6 'http://[2001:db8::7]:8000/'
        status leak "http://203.0.113.7:8000/?key=$SECRET"
        status loop 'http://203.0.113.7:8001/'
        status direct 'http://127.0.0.1:1081/'
        """;

    [NeedsFact("linux root unshare nft ip setpriv curl python3")]
    public async Task Linux_says_where_a_redirected_connection_was_going_and_a_loop_ends_at_once()
    {
        using var prepared = new PosternProcess();
        var network = prepared.Write("network.sh", Network);
        using var program = new PosternProcess { Before = ["unshare", "--net", "bash", network], Patience = TimeSpan.FromMinutes(3) };
        program.Environment["SECRET"] = "AKIA" + "Q3EGRZKW" + "V5N7YT2P";
        program.Environment["PATH"] = Programs.SearchPath;

        var outcome = await program.RunAsync("run", "--config", program.Write("postern.yaml", Configuration), "--uncontained", "--", "bash", program.Write("script.sh", Script));

        Assert.True(outcome.ExitCode == 0, outcome.All);
        Assert.Equal(["ipv4 200", "ipv6 200", "leak 403", "loop 400", "direct 400"], outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var destinations = Directory.GetFiles(Path.Combine(program.Home, "evidence"), "*.jsonl").SelectMany(File.ReadLines).Select(static line => JsonDocument.Parse(line).RootElement)
            .Where(static record => record.TryGetProperty("transport", out var transport) && transport.GetString() == "transparent").ToArray();
        Assert.Equal(6, destinations.Length);
    }
}

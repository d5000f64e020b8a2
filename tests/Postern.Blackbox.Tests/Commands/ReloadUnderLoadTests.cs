using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using Postern.Blackbox.Tests.Clients;

namespace Postern.Blackbox.Tests.Commands;

/// <summary>The configuration is rewritten again and again while requests run through the program: in the clear, kept alive, and inside TLS.</summary>
public sealed class ReloadUnderLoadTests : IDisposable
{
    private const int Reloads = 50;
    private const int WorkersPerWay = 6;
    private const string Rule = "reload-marker";

    // The servers are on loopback, which is refused unless somebody says otherwise.
    private const string Lenient = """
        ssrf: { ip_allowlist: [127.0.0.0/8] }
        trusted_domains: [localhost]
        forward_proxy: { connect_ports: [1-65535] }
        fetch_proxy: { monitoring: { max_requests_per_minute: 0 } }

        """;

    private const string Strict = Lenient + """
        dlp: { patterns: [{ name: reload-marker, regex: 'note-[0-9]{6}', severity: critical }] }

        """;

    private readonly PosternProcess _postern = new();
    private readonly Channel<string> _said = Channel.CreateUnbounded<string>();
    private readonly ConcurrentQueue<string> _wrong = [];
    private int _passed;
    private int _refused;

    public void Dispose() => _postern.Dispose();

    [NeedsFact("linux")]
    public async Task Nothing_is_dropped_and_every_exchange_answers_by_one_policy()
    {
        var trust = new UpstreamTrust(_postern.Directory);
        await using var upstream = new TinyUpstream(trust);
        _postern.Environment["SSL_CERT_FILE"] = trust.BundleFile;
        Assert.Equal(0, (await _postern.RunAsync("tls", "init")).ExitCode);
        var file = _postern.Write("postern.yaml", Lenient);
        using var program = Start(file);
        var address = (await SaidAsync("listens on "))!.Split(' ')[4].TrimEnd(';');
        using var stop = new CancellationTokenSource();
        var workers = Enumerable.Range(0, 2 * WorkersPerWay)
            .Select(i => WorkAsync(address, i % 2 == 0 ? upstream.Plain : upstream.Tls, stop.Token)).ToArray();

        for (var i = 1; i <= Reloads; i++)
        {
            var isStrict = i % 2 == 1;
            File.WriteAllText(file + ".new", isStrict ? Strict : Lenient);
            File.Move(file + ".new", file, overwrite: true);
            var said = await SaidAsync($"postern: policy reloaded as revision {i + 1};");
            Assert.EndsWith(isStrict ? "weaker keys: none" : "weaker keys: dlp.patterns[reload-marker]", said);
            using var probe = Client(address);
            Assert.Equal(isStrict ? HttpStatusCode.Forbidden : HttpStatusCode.OK, (await AskAsync(probe, upstream.Plain)).Status);
        }

        await stop.CancelAsync();
        await Task.WhenAll(workers);
        program.Kill();
        await program.WaitForExitAsync();

        Assert.Empty(_wrong);
        Assert.True(_passed > 10 * Reloads && _refused > 10 * Reloads, $"{_passed} passed, {_refused} refused: too little load to show anything");
        TestContext.Current.TestOutputHelper?.WriteLine($"{_passed} passed, {_refused} refused");
        await AssertEvidenceAsync();
    }

    /// <summary>Under one policy hash every request was allowed, under the other every one was refused.</summary>
    private async Task AssertEvidenceAsync()
    {
        var evidence = Path.Combine(_postern.Home, "evidence");
        Assert.Equal(0, (await _postern.RunAsync("evidence", "verify", evidence)).ExitCode);
        var rulings = Directory.GetFiles(evidence, "*.jsonl").SelectMany(File.ReadLines).Select(static line => JsonDocument.Parse(line).RootElement)
            .Where(static record => record.TryGetProperty("effect", out _) && record.GetProperty("kind").GetString() == "ruling"
                && record.GetProperty("message").GetString() == "request")
            .GroupBy(static record => record.GetProperty("policy").GetProperty("hash").GetString()!, static record => record.GetProperty("effect").GetString()).ToList();
        Assert.Equal(2, rulings.Count);
        Assert.All(rulings, static policy => Assert.Single(policy.Distinct()));
    }

    private async Task WorkAsync(string address, string origin, CancellationToken stop)
    {
        using var client = Client(address);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var (status, body) = await AskAsync(client, origin);
                if (status == HttpStatusCode.OK && body == TinyUpstream.Body)
                {
                    Interlocked.Increment(ref _passed);
                }
                else if (status == HttpStatusCode.Forbidden && body.Contains(Rule, StringComparison.Ordinal))
                {
                    Interlocked.Increment(ref _refused);
                }
                else
                {
                    _wrong.Enqueue($"{origin}: {status} {body}");
                }
            }
            catch (HttpRequestException dropped)
            {
                _wrong.Enqueue($"{origin}: {dropped}");
            }
        }
    }

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(HttpClient client, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, origin + "/inbox") { Content = new StringContent("please keep note-123456") };
        using var response = await client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static HttpClient Client(string address) => new(new SocketsHttpHandler
    {
        Proxy = new WebProxy("http://" + address),

        // Nothing but a certificate of the firewall's own authority: the tunnels are read.
        SslOptions = { RemoteCertificateValidationCallback = static (_, leaf, _, _) => leaf!.Issuer.Contains("Postern", StringComparison.Ordinal) },
    });

    private Process Start(string file)
    {
        var start = new ProcessStartInfo(PosternProcess.Executable, ["run", "--config", file, "--listen", "127.0.0.1:0"])
        {
            WorkingDirectory = _postern.Directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["POSTERN_HOME"] = _postern.Home;
        start.Environment["SSL_CERT_FILE"] = _postern.Environment["SSL_CERT_FILE"];
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => _said.Writer.TryWrite(line.Data ?? string.Empty);
        process.ErrorDataReceived += (_, line) => _said.Writer.TryWrite(line.Data ?? string.Empty);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private async Task<string> SaidAsync(string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var line = await _said.Reader.ReadAsync(patience.Token);
            if (line.Contains(what, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }
}

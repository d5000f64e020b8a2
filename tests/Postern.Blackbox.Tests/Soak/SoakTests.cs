using System.Diagnostics;
using System.Globalization;
using Postern.Blackbox.Tests.Clients;

namespace Postern.Blackbox.Tests.Soak;

/// <summary>
/// Mixed traffic for minutes, while the configuration is read again and the kill switch is thrown. <c>POSTERN_SOAK_EXCHANGES</c>
/// asks for a longer run: until that many exchanges were made.
/// </summary>
public sealed class SoakTests : IDisposable
{
    private const int Agents = 6;

    /// <summary>What counts as no growth, in MiB a minute: collections come when they like.</summary>
    private const double Flat = 8;

    private const string Lenient = """
        ssrf: { ip_allowlist: [127.0.0.0/8] }
        trusted_domains: [localhost]
        logging: { output: none }
        forward_proxy: { connect_ports: [1-65535] }
        fetch_proxy: { monitoring: { max_requests_per_minute: 0 } }
        flight_recorder: { max_entries_per_file: 20000 }

        """;

    private static readonly TimeSpan s_short = TimeSpan.FromMinutes(2);
    private static readonly long s_wanted = long.Parse(Environment.GetEnvironmentVariable("POSTERN_SOAK_EXCHANGES") ?? "0", CultureInfo.InvariantCulture);

    private readonly PosternProcess _postern = new() { Patience = TimeSpan.FromMinutes(10) };

    public void Dispose() => _postern.Dispose();

    [NeedsFact("linux")]
    public async Task Nothing_leaks_nothing_is_wrong_and_memory_stays_flat()
    {
        var leaks = 0;
        var trust = new UpstreamTrust(_postern.Directory);
        await using var upstream = new TinyUpstream(trust) { Heard = body => leaks += body.Contains(SoakTraffic.Secret, StringComparison.Ordinal) ? 1 : 0 };
        _postern.Environment["SSL_CERT_FILE"] = trust.BundleFile;
        Assert.Equal(0, (await _postern.RunAsync("tls", "init")).ExitCode);
        var file = _postern.Write("postern.yaml", Lenient);
        var address = $"127.0.0.1:{Ports.Free()}";
        SoakTraffic traffic;
        ResidentMemory memory;
        await using (var program = await _postern.StartAsync("listens on ", "run", "--config", file, "--listen", address))
        {
            traffic = new SoakTraffic(address, upstream);
            memory = new ResidentMemory(program.Id);
            using var stop = new CancellationTokenSource();
            var agents = Enumerable.Range(0, Agents).Select(_ => Task.Run(() => traffic.RunAsync(stop.Token))).ToArray();
            await SteerAsync(program.Id, file, () => traffic.Exchanges, memory);
            await stop.CancelAsync();
            await Task.WhenAll(agents);
            using var ask = Process.Start("kill", ["-TERM", $"{program.Id}"]);
            await ask.WaitForExitAsync(TestContext.Current.CancellationToken);
            await program.EndedAsync();
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{traffic.Exchanges} exchanges, {traffic.Halted} halted, {memory.Last:F0} MiB resident, {memory.MiBPerMinute:F1} MiB a minute");
        Assert.Empty(traffic.Wrong.Take(10));
        Assert.Equal(0, leaks);
        Assert.True(traffic.Halted > 0 && traffic.Exchanges > 10_000, $"{traffic.Exchanges} exchanges, {traffic.Halted} halted: too little to show anything");
        Assert.True(memory.MiBPerMinute < Flat, $"resident memory grows by {memory.MiBPerMinute:F1} MiB a minute");
        Assert.Equal(0, (await _postern.RunAsync("evidence", "verify", Path.Combine(_postern.Home, "evidence"))).ExitCode);
    }

    /// <summary>Every second another configuration; of every tenth the first fifth with the kill switch thrown.</summary>
    private static async Task SteerAsync(int program, string file, Func<long> exchanges, ResidentMemory memory)
    {
        var watch = Stopwatch.StartNew();
        for (var second = 0; watch.Elapsed < s_short || exchanges() < s_wanted; second++)
        {
            File.WriteAllText(file + ".new", Lenient + $"dlp: {{ patterns: [{{ name: soak, regex: 'soak-{second % 7}-[0-9]+', severity: low }}] }}\n");
            File.Move(file + ".new", file, overwrite: true);
            if (second % 10 == 0)
            {
                await ToggleAsync(program);
                await Task.Delay(200, TestContext.Current.CancellationToken);
                await ToggleAsync(program);
            }

            memory.Sample(watch.Elapsed);
            await Task.Delay(1000, TestContext.Current.CancellationToken);
        }
    }

    private static async Task ToggleAsync(int program)
    {
        using var kill = Process.Start("kill", ["-USR1", $"{program}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}

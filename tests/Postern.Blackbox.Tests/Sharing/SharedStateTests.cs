using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Postern.Blackbox.Tests.Clients;

namespace Postern.Blackbox.Tests.Sharing;

/// <summary>Real processes that share a PostgreSQL: one budget, one chain, one kill switch, and nothing passes without the database.</summary>
public sealed class SharedStateTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const string Needs = PostgresServer.Needed;
    private const string Server = """sed -u 's/.*"id":\([0-9]*\).*/{"jsonrpc":"2.0","id":\1,"result":{"content":[{"type":"text","text":"done"}]}}/'""";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [NeedsFact(Needs)]
    public async Task A_budget_is_one_budget_and_outlives_whoever_counted_it()
    {
        using var shared = new SharedHome(server);
        await using var upstream = new TinyUpstream(new UpstreamTrust(shared.Directory));
        await using var one = await shared.RunAsync("one", "budget: { max_requests_per_session: 10, window_minutes: 60 }");
        var two = await shared.RunAsync("two", "budget: { max_requests_per_session: 10, window_minutes: 60 }");
        await using (two)
        {
            for (var i = 0; i < 10; i++)
            {
                Assert.Equal(HttpStatusCode.OK, await AskAsync(i % 2 == 0 ? one : two, upstream));
            }

            Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests), (await AskAsync(one, upstream), await AskAsync(two, upstream)));
        }

        // Killed, not stopped; what it counted stands, for those that are there and those that come.
        await using var three = await shared.RunAsync("three", "budget: { max_requests_per_session: 10, window_minutes: 60 }");
        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests), (await AskAsync(one, upstream), await AskAsync(three, upstream)));
    }

    [NeedsFact(Needs)]
    public async Task A_kill_switch_is_one_kill_switch()
    {
        using var shared = new SharedHome(server);
        await using var upstream = new TinyUpstream(new UpstreamTrust(shared.Directory));
        await using var one = await shared.RunAsync("one", "");
        await using var two = await shared.RunAsync("two", "");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(two, upstream));

        await TurnAsync(shared, one, isOn: true);
        await UntilAsync(two, upstream, HttpStatusCode.ServiceUnavailable);
        await TurnAsync(shared, two, isOn: false);
        await UntilAsync(one, upstream, HttpStatusCode.OK);
    }

    [NeedsFact(Needs)]
    public async Task A_chain_over_two_wrapped_servers_is_one_chain()
    {
        using var shared = new SharedHome(server);
        Assert.Contains("done", await CallAsync(shared, "one", "run_query"), StringComparison.Ordinal);
        Assert.Contains("done", await CallAsync(shared, "two", "take_screenshot"), StringComparison.Ordinal);
        Assert.Contains("session.chain.database-screenshot-upload", await CallAsync(shared, "one", "upload_file"), StringComparison.Ordinal);
    }

    [NeedsFact(Needs)]
    public async Task Without_its_database_nothing_passes_and_nobody_hears_a_credential()
    {
        using var shared = new SharedHome(server);
        await using var upstream = new TinyUpstream(new UpstreamTrust(shared.Directory));
        var one = await shared.RunAsync("one", "");
        await using (one)
        {
            var answers = new ConcurrentDictionary<string, int>();
            using var stop = new CancellationTokenSource();
            var load = Enumerable.Range(0, 4).Select(_ => Task.Run(() => LoadAsync(one, upstream, answers, stop.Token))).ToArray();
            await UntilAsync(one, upstream, HttpStatusCode.OK);

            await server.StopAsync();
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync(one, upstream));
            using var patience = new CancellationTokenSource(s_patience);
            while (!answers.ContainsKey("operation.halted") && !patience.IsCancellationRequested)
            {
                // After five seconds of silence it is known that nothing is known.
                Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync(one, upstream));
            }

            await server.StartAsync();
            await UntilAsync(one, upstream, HttpStatusCode.OK);
            await stop.CancelAsync();
            await Task.WhenAll(load);
            Assert.Equal(["", "operation.halted", "operation.state-unavailable"], answers.Keys.Order(StringComparer.Ordinal));
        }

        Assert.DoesNotContain(PostgresServer.Password, one.Process.ToString(), StringComparison.Ordinal);
        Assert.All(Directory.GetFiles(shared.At("one"), "*", SearchOption.AllDirectories), static file => Assert.DoesNotContain(PostgresServer.Password, File.ReadAllText(file), StringComparison.Ordinal));
    }

    [NeedsFact("linux")]
    public async Task Without_the_section_nothing_of_the_databases_client_is_loaded()
    {
        Assert.SkipUnless(File.Exists(Path.Combine(Path.GetDirectoryName(PosternProcess.Executable)!, "Postern.Transports.dll")), "in one file nobody sees what is loaded");
        using var alone = new PosternProcess();
        await using var process = await alone.StartAsync("listens on", "run", "--listen", "127.0.0.1:0");
        var loaded = await File.ReadAllTextAsync($"/proc/{process.Id}/maps", Cancel);
        Assert.Contains("Postern.Transports.dll", loaded, StringComparison.Ordinal);
        Assert.DoesNotContain("Npgsql", loaded, StringComparison.Ordinal);
    }

    private static async Task LoadAsync(SharedRun run, TinyUpstream upstream, ConcurrentDictionary<string, int> answers, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var answer = await SendAsync(run, upstream);
            var body = await answer.Content.ReadAsStringAsync(Cancel);
            answers.AddOrUpdate(answer.IsSuccessStatusCode ? "" : System.Text.Json.JsonDocument.Parse(body).RootElement.GetProperty("rule").GetString()!, 1, static (_, n) => n + 1);
        }
    }

    private static async Task<HttpStatusCode> AskAsync(SharedRun run, TinyUpstream upstream)
    {
        using var answer = await SendAsync(run, upstream);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> SendAsync(SharedRun run, TinyUpstream upstream)
    {
        using var body = new StringContent("hello");
        return await run.Client.PostAsync(upstream.Plain, body, Cancel);
    }

    private static async Task UntilAsync(SharedRun run, TinyUpstream upstream, HttpStatusCode status)
    {
        using var patience = new CancellationTokenSource(s_patience);
        while (await AskAsync(run, upstream) != status)
        {
            Assert.False(patience.IsCancellationRequested, run.Process.ToString());
        }
    }

    private static async Task TurnAsync(SharedHome shared, SharedRun run, bool isOn)
    {
        using var operators = new HttpClient();
        operators.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(shared.At(run.Name), "control-token"), Cancel)).Trim());
        using var body = new StringContent(isOn ? """{"active":true}""" : """{"active":false}""", new MediaTypeHeaderValue("application/json"));
        using var answer = await operators.PostAsync(new Uri($"http://{run.Control}/api/v1/killswitch"), body, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<string> CallAsync(SharedHome shared, string name, string tool)
    {
        var call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"TOOL","arguments":{"path":"shot.png"}}}""".Replace("TOOL", tool, StringComparison.Ordinal);
        var outcome = await shared.Program.RunWithAsync(call + "\n", "mcp", "proxy", "--home", shared.At(name), "--config", shared.Write(name, ""), "--", "sh", "-c", Server);
        return outcome.Output + outcome.Errors;
    }
}

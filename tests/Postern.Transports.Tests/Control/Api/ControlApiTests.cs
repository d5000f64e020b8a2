using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Configuration;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection;
using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Monitoring;
using Postern.Engine.Tests.Monitoring;
using Postern.Engine.Policy;
using Postern.Transports.Control;
using Postern.Transports.Control.Approvals;
using Postern.Transports.Tests.Conformance;
using Postern.Transports.Tests.Control.Approvals;

namespace Postern.Transports.Tests.Control.Api;

/// <summary>The control port over real sockets: who may, what it does, what it says.</summary>
public sealed class ControlApiTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Paths => ["status", "killswitch", "killswitch/status", "sessions", "sessions/agent", "sessions/agent/explain", "approvals", "decisions", "events", "nothing"];

    public static TheoryData<string, string> Changes => new()
    {
        { "killswitch", """{"active":true}""" },
        { "sessions/agent/terminate", "{}" },
        { "sessions/agent/release", "{}" },
        { "sessions/agent/airlock", """{"tier":"drain"}""" },
        { "sessions/agent/task", """{"label":"next"}""" },
        { "approvals/1", """{"decision":"approve"}""" },
        { "approvals/1/revoke", "{}" },
        { "reload", "{}" },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Without_a_valid_token_nothing_is_said(string path)
    {
        await using var world = await ControlWorld.StartAsync();
        Assert.Equal(401, (await world.AskAsync(path, token: "wrong")).Status);
        using var none = new HttpRequestMessage(HttpMethod.Get, new Uri(world.Origin, "api/v1/" + path));
        using var answer = await world.SendAsync(none);
        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Contains("control port: a request without a valid token", world.Notes);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Nothing_is_changed_without_a_token_by_a_page_or_by_get(string path, string json)
    {
        await using var world = await ControlWorld.StartAsync();
        await SeeAsync(world, Effect.Allow);
        Assert.Equal(401, (await world.AskAsync(path, json, "wrong")).Status);

        using var page = world.Request("api/v1/" + path, json);
        page.Headers.Add("Origin", "https://evil.example");
        using var rebound = world.Request("api/v1/" + path, json);
        rebound.Headers.Host = "evil.example";
        using var form = world.Request("api/v1/" + path, json);
        form.Content!.Headers.ContentType = new("text/plain");
        foreach (var (request, status) in new[] { (page, 403), (rebound, 403), (form, 415) })
        {
            using var answer = await world.SendAsync(request);
            Assert.Equal(status, (int)answer.StatusCode);
        }

        Assert.Contains((await world.AskAsync(path)).Status, path == "killswitch" ? [200] : new[] { 404, 405 });
        Assert.False(world.Switch.IsHalted || world.Switch.Stops("agent"));
    }

    [Theory]
    [InlineData("killswitch", "")]
    [InlineData("killswitch", "{}")]
    [InlineData("killswitch", "{\"active\":1}")]
    [InlineData("killswitch", "{\"active\":true}{}")]
    [InlineData("killswitch", "{\"active\":true,\"active\":false}")]
    [InlineData("killswitch", "{\"active\":true,\"other\":1}")]
    [InlineData("killswitch", "[true]")]
    [InlineData("sessions/agent/airlock", "{}")]
    [InlineData("sessions/agent/airlock", "{\"tier\":\"open\"}")]
    [InlineData("sessions/agent/task", "{}")]
    [InlineData("sessions/agent/task", "{\"label\":\"two\\nlines\"}")]
    [InlineData("approvals/1", "{\"decision\":\"maybe\"}")]
    [InlineData("approvals/1", "{\"decision\":\"approve\",\"minutes\":-1}")]
    [InlineData("approvals/1", "{\"decision\":\"approve\",\"minutes\":1.5}")]
    [InlineData("approvals/1", "{\"decision\":\"approve\",\"scope\":\"all\"}")]
    public async Task What_is_not_understood_changes_nothing(string path, string json)
    {
        await using var world = await ControlWorld.StartAsync();
        await SeeAsync(world, Effect.Allow);
        Assert.Equal(400, (await world.AskAsync(path, json)).Status);
        Assert.False(world.Switch.IsHalted);
    }

    [Fact]
    public async Task A_long_body_is_refused()
    {
        await using var world = await ControlWorld.StartAsync();
        Assert.Equal(413, (await world.AskAsync("killswitch", "{\"active\":true" + new string(' ', 5000) + "}")).Status);
        Assert.False(world.Switch.IsHalted);
    }

    [Fact]
    public async Task Each_token_has_a_rate_of_its_own_and_a_reload_changes_the_tokens()
    {
        await using var world = await ControlWorld.StartAsync(ControlWorld.Section with { RequestsPerMinute = 4 });
        Assert.Equal(200, (await world.AskAsync("status")).Status);
        Assert.Equal(429, (await world.AskAsync("status")).Status);
        Assert.Equal("operator#2", (await world.AskAsync("status", token: ControlWorld.Second)).Answer.GetProperty("operator").GetString());
        world.Apply(new ControlSection { BearerTokens = [new SecretText(ControlWorld.Second)] });
        Assert.Equal(401, (await world.AskAsync("status")).Status);
        Assert.Equal("operator#1", (await world.AskAsync("status", token: ControlWorld.Second)).Answer.GetProperty("operator").GetString());
    }

    [Fact]
    public async Task The_kill_switch_is_turned_and_the_record_says_by_whom()
    {
        await using var world = await ControlWorld.StartAsync();
        var (_, on) = await world.AskAsync("killswitch", """{"active":true}""", ControlWorld.Second);
        Assert.True(on.GetProperty("active").GetBoolean() && on.GetProperty("sources").GetProperty("api").GetBoolean());
        Assert.True((await world.AskAsync("status")).Answer.GetProperty("kill_switch").GetProperty("active").GetBoolean());
        Assert.False((await world.AskAsync("killswitch", """{"active":false}""")).Answer.GetProperty("active").GetBoolean());
        Assert.Equal(["kill switch on by operator#2 (api)", "kill switch off by operator#1"], world.Notes);
    }

    [Fact]
    public async Task A_session_is_listed_explained_terminated_and_released()
    {
        await using var world = await ControlWorld.StartAsync();
        await SeeAsync(world, Effect.Allow);
        await SeeAsync(world, Effect.Deny, Found());
        var key = new SessionKey(1, 7, "agent");
        await world.States.TryCommitAsync(key, 0, [1, 0, 0, 0], mustKeep: false, TestContext.Current.CancellationToken);

        var listed = (await world.AskAsync("sessions")).Answer.GetProperty("sessions")[0];
        Assert.Equal(("agent", "active", 1, 1), (listed.GetProperty("actor").GetString(), listed.GetProperty("state").GetString(), listed.GetProperty("allowed").GetInt32(), listed.GetProperty("blocked").GetInt32()));
        Assert.Equal("https://a.example:443", listed.GetProperty("destinations")[0].GetProperty("destination").GetString());
        var finding = (await world.AskAsync("sessions/agent/explain")).Answer.GetProperty("objections")[0].GetProperty("findings")[0];
        Assert.Equal(("tool.test", "Test", "Do this."), (finding.GetProperty("rule").GetString(), finding.GetProperty("title").GetString(), finding.GetProperty("remedy").GetString()));

        Assert.Equal("terminated", (await world.AskAsync("sessions/agent/terminate", "{}")).Answer.GetProperty("state").GetString());
        Assert.True(world.Switch.Stops("agent"));
        Assert.Equal("active", (await world.AskAsync("sessions/agent/release", "{}")).Answer.GetProperty("state").GetString());
        Assert.False(world.Switch.Stops("agent"));
        Assert.Equal(0, await world.States.LoadAsync(key, new byte[4], TestContext.Current.CancellationToken));
        Assert.Equal(404, (await world.AskAsync("sessions/nobody")).Status);
        Assert.Equal(["session agent terminated by operator#1", "session agent released by operator#1"], world.Notes);
    }

    [Fact]
    public async Task A_question_is_shown_and_answered_with_a_grant_that_can_be_revoked()
    {
        await using var world = await ControlWorld.StartAsync();
        var asked = world.Desk.ApproveAsync(Questions.Request(), TestContext.Current.CancellationToken).AsTask();
        var shown = (await world.AskAsync("approvals")).Answer.GetProperty("approvals")[0];
        Assert.Equal((1, "medium", "tools/call run"), (shown.GetProperty("id").GetInt32(), shown.GetProperty("risk").GetString(), shown.GetProperty("action").GetString()));
        Assert.Contains("rm -rf", shown.GetProperty("excerpt").GetString(), StringComparison.Ordinal);

        Assert.Equal("approved", (await world.AskAsync("approvals/1", """{"decision":"approve","minutes":5,"scope":"alike"}""")).Answer.GetProperty("answer").GetString());
        Assert.Equal(new Approval(true, "operator#1"), await asked);
        Assert.Equal(409, (await world.AskAsync("approvals/1", """{"decision":"approve"}""")).Status);
        var grant = (await world.AskAsync("approvals")).Answer.GetProperty("grants")[0];
        Assert.Equal(("alike", "operator#1"), (grant.GetProperty("scope").GetString(), grant.GetProperty("by").GetString()));
        Assert.Empty((await world.AskAsync("approvals/1/revoke", "{}")).Answer.GetProperty("grants").EnumerateArray());
    }

    [Fact]
    public async Task A_webhook_is_told_signed_and_its_signed_answer_counts_as_one_person()
    {
        await using var world = await ControlWorld.StartAsync(approvals: new ApprovalsSection { FourEyes = true });
        await using var upstream = await Upstream.StartAsync();
        var told = new TaskCompletionSource<(string Signature, byte[] Body)>(TaskCreationOptions.RunContinuationsAsynchronously);
        upstream.Answer = (features, _) =>
        {
            told.TrySetResult((features.GetRequiredFeature<IHttpRequestFeature>().Headers[CallbackSignature.Header].ToString(), Encoding.UTF8.GetBytes(upstream.Requests.Last().Body)));
            return Upstream.Text(features, "ok");
        };
        var signature = new CallbackSignature(ControlWorld.Secret, TimeProvider.System);
        using var door = new WebhookDoor(new Uri($"http://127.0.0.1:{upstream.Port}/hook"), signature);
        var desk = world.Desk;
        var asked = desk.ApproveAsync(Questions.Request(), TestContext.Current.CancellationToken).AsTask();
        await door.KnockAsync(Assert.Single(desk.Pending), static _ => Assert.Fail("what it answers means nothing"), TestContext.Current.CancellationToken);
        var (sent, body) = await told.Task.WaitAsync(s_patience, TestContext.Current.CancellationToken);
        Assert.True(signature.IsRight(sent, 1, body));

        const string Yes = """{"decision":"approve"}""";
        Assert.Equal(401, await CallBackAsync(world, Yes, signature.Of(2, Encoding.UTF8.GetBytes(Yes))));
        Assert.Equal(401, await CallBackAsync(world, Yes, ""));
        Assert.Contains("control port: a callback without a valid signature", world.Notes);
        Assert.Equal(200, await CallBackAsync(world, Yes, signature.Of(1, Encoding.UTF8.GetBytes(Yes))));
        Assert.Equal(409, await CallBackAsync(world, Yes, signature.Of(1, Encoding.UTF8.GetBytes(Yes))));
        Assert.False(asked.IsCompleted);
        await world.AskAsync("approvals/1", Yes);
        Assert.Equal(new Approval(true, "webhook and operator#1"), await asked);
    }

    [Fact]
    public async Task Decisions_come_as_they_are_made()
    {
        await using var world = await ControlWorld.StartAsync();
        await SeeAsync(world, Effect.Deny, Found());
        Assert.Equal("block", Assert.Single((await world.AskAsync("decisions")).Answer.GetProperty("decisions").EnumerateArray()).GetProperty("effect").GetString());

        using var request = world.Request("api/v1/events");
        using var response = await world.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var events = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal(":", await events.ReadLineAsync(TestContext.Current.CancellationToken));
        await SeeAsync(world, Effect.Allow);
        string? line;
        do
        {
            line = await events.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(s_patience, TestContext.Current.CancellationToken);
        }
        while (line?.StartsWith("data: ", StringComparison.Ordinal) == false);
        using var decision = JsonDocument.Parse(line!["data: ".Length..]);
        Assert.Equal("allow", decision.RootElement.GetProperty("effect").GetString());
    }

    [Fact]
    public async Task Watchers_are_bounded()
    {
        await using var world = await ControlWorld.StartAsync();
        var watchers = new List<HttpResponseMessage>();
        for (var i = 0; i < 17; i++)
        {
            using var request = world.Request("api/v1/events");
            watchers.Add(await world.SendAsync(request, HttpCompletionOption.ResponseHeadersRead));
        }

        Assert.Equal([.. Enumerable.Repeat(200, 16), 429], watchers.Select(static watcher => (int)watcher.StatusCode));
        watchers.ForEach(static watcher => watcher.Dispose());
    }

    [Fact]
    public async Task A_reload_says_what_came_of_it()
    {
        await using var world = await ControlWorld.StartAsync();
        Assert.Equal(409, (await world.AskAsync("reload", "{}")).Status);
        world.Parts.Reload = static () => new ReloadReport(IsRefused: true, ["weaker: enforce: true -> false"]);
        var (status, answer) = await world.AskAsync("reload", "{}");
        Assert.Equal((409, "weaker: enforce: true -> false"), (status, answer.GetProperty("said")[0].GetString()));
        Assert.Contains("reload asked for by operator#1", world.Notes);
    }

    [Theory]
    [InlineData("", "text/html")]
    [InlineData("dashboard.css", "text/css")]
    [InlineData("dashboard.js", "text/javascript")]
    [InlineData("icon.svg", "image/svg+xml")]
    public async Task The_page_needs_no_token_holds_nothing_and_runs_only_what_is_its_own(string path, string type)
    {
        await using var world = await ControlWorld.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(world.Origin, path));
        using var answer = await world.SendAsync(request);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("innerHTML", text, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task The_agents_port_knows_nothing_of_it(string path)
    {
        await using var world = await World.StartAsync(await Upstream.StartAsync());
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        foreach (var form in new[] { "api/v1/" + path, "health/../api/v1/" + path, "%61pi/v1/" + path, "/api/v1/" + path })
        {
            using var answer = await client.GetAsync(new Uri($"http://{world.Address}/{form}"), TestContext.Current.CancellationToken);
            Assert.Equal(404, (int)answer.StatusCode);
        }
    }

    private static async Task<int> CallBackAsync(ControlWorld world, string json, string signature)
    {
        using var request = world.Request("api/v1/approvals/1/callback", json);
        request.Headers.Authorization = null;
        request.Headers.TryAddWithoutValidation(CallbackSignature.Header, signature);
        using var answer = await world.SendAsync(request);
        return (int)answer.StatusCode;
    }

    private static async Task SeeAsync(ControlWorld world, Effect effect, params Finding[] findings) => await world.Tap.AppendAsync(
        new EvidenceDraft
        {
            Kind = EvidenceKind.Ruling,
            Actor = "agent",
            Transport = "forward",
            Message = MessageKind.Request,
            Direction = Direction.Outbound,
            Destination = "https://a.example:443"u8,
            Effect = effect,
            Findings = findings,
            PolicyHash = "abc",
            Note = "",
        },
        TestContext.Current.CancellationToken);

    private static Finding Found() => new(new Rule("tool.test", "Test", RuleCategory.Tool, Severity.Medium, Confidence.Medium, "Do this."), Confidence.Medium, "body", "raw", 0, 1, "");
}

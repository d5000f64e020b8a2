using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Postern.Engine.Configuration;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Evidence;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;
using Postern.Transports.Control;
using Postern.Transports.Control.Approvals;
using Postern.Transports.Control.Live;
using Postern.Transports.Http.Local;
using Postern.Transports.Telemetry;
using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Control.Api;

/// <summary>The control port as the program composes it, on a real socket.</summary>
internal sealed class ControlWorld : IAsyncDisposable
{
    public const string Token = "the-operators-own-token";
    public const string Second = "another-operators-token";

    private readonly ControlListener _listener;
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    private ControlWorld(ControlSection section, ApprovalsSection approvals)
    {
        var (feed, book) = (new LiveFeed(), new SessionBook());
        Tap = new DecisionTap(Evidence, TimeProvider.System, feed, book);
        var meter = new DecisionMeter(Tap);
        Desk = new ApprovalDesk(approvals, TimeProvider.System) { IsListening = true };
        Desk.Recorded += Notes.Add;
        Switch.Changed += Notes.Add;
        Parts = new ControlParts
        {
            Switch = Switch,
            Approvals = Desk,
            Callback = new CallbackSignature(Secret, TimeProvider.System),
            Feed = feed,
            Sessions = book,
            States = States,
            Policies = new PolicyHolder(new PolicySnapshot(1, "abc", TestPolicies.Default())),
            Meter = meter,
            Facts = new ServiceFacts("1.2.3", 1, false, Evidence, TimeProvider.System),
            Note = Notes.Add,
        };
        _listener = new ControlListener(Parts, new IPEndPoint(IPAddress.Loopback, 0), section, new SecretText("unused"));
    }

    public static SecretText Secret { get; } = new("a secret of sixteen");

    public static ControlSection Section { get; } = new() { BearerTokens = [new SecretText(Token), new SecretText(Second)] };

    public FaultyEvidence Evidence { get; } = new();

    public IEvidenceSink Tap { get; }

    public InProcessSessions States { get; } = new();

    public KillSwitch Switch { get; } = new(TimeProvider.System);

    public ApprovalDesk Desk { get; }

    public ControlParts Parts { get; }

    public List<string> Notes { get; } = [];

    public Uri Origin => new($"http://{_listener.Address}/");

    public static async Task<ControlWorld> StartAsync(ControlSection? section = null, ApprovalsSection? approvals = null)
    {
        var world = new ControlWorld(section ?? Section, approvals ?? new ApprovalsSection());
        await world._listener.StartAsync(CancellationToken.None);
        return world;
    }

    public void Apply(ControlSection section) => _listener.Apply(section);

    public HttpRequestMessage Request(string path, string? json = null, string token = Token)
    {
        var request = new HttpRequestMessage(json is null ? HttpMethod.Get : HttpMethod.Post, new Uri(Origin, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        return request;
    }

    public async Task<(int Status, JsonElement Answer)> AskAsync(string path, string? json = null, string token = Token)
    {
        using var request = Request("api/v1/" + path, json, token);
        using var response = await SendAsync(request);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        return ((int)response.StatusCode, answer.RootElement.Clone());
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption until = HttpCompletionOption.ResponseContentRead) =>
        _client.SendAsync(request, until, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _listener.DisposeAsync();
        Switch.Dispose();
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Postern.Engine.Configuration;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Inspection;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;
using Postern.Transports.Http.Scan;
using Postern.Transports.Resolving;
using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Http.Scan;

/// <summary>The Scan API as the program composes it, on a real socket, with its seams in the scenario's hands.</summary>
internal sealed class ScanWorld : IAsyncDisposable
{
    public const string Token = "a-token-that-nobody-guesses";

    private readonly HttpClient _client = new();

    private ScanWorld(ScanApiSection section, string policy)
    {
        var resolver = new SystemResolver(TimeProvider.System, (host, _) =>
        {
            Lookups.Add(host);
            return Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
        });
        var inspector = new Inspector(new InspectorSeams(Evidence, new InProcessSessions(), resolver, Switch, Switch, TimeProvider.System, new byte[32]));
        Policies = new PolicyHolder(new PolicySnapshot(1, "test", TestPolicies.Default(policy)));
        Listener = new ScanListener(new ScanParts(inspector, Policies, "1.2.3", TimeProvider.System), new IPEndPoint(IPAddress.Loopback, 0), section);
    }

    public FaultyEvidence Evidence { get; } = new();

    public Switch Switch { get; } = new();

    public List<string> Lookups { get; } = [];

    public PolicyHolder Policies { get; }

    public ScanListener Listener { get; }

    public static ScanApiSection Section { get; } = new() { Auth = new ScanApiAuthSection { BearerTokens = [new SecretText("another-token-altogether"), new SecretText(Token)] } };

    public static async Task<ScanWorld> StartAsync(ScanApiSection? section = null, string policy = "")
    {
        var world = new ScanWorld(section ?? Section, policy);
        await world.Listener.StartAsync(CancellationToken.None);
        return world;
    }

    /// <summary>Posts a document with the right token and type.</summary>
    public Task<(HttpResponseMessage Response, JsonElement Answer)> PostAsync(string json) => SendAsync(Request(json));

    public HttpRequestMessage Request(string json)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"http://{Listener.Address}/api/v1/scan")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return request;
    }

    public async Task<(HttpResponseMessage Response, JsonElement Answer)> SendAsync(HttpRequestMessage request)
    {
        var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Listener.DisposeAsync();
    }
}

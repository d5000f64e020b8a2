using System.Net.Http.Json;
using System.Text.Json;

namespace Postern.Transports.Tests.Conformance;

/// <summary>A host that asks over HTTP about what its tools brought; a text passes when there is no objection.</summary>
internal sealed class HookSpeaker(World world) : ISpeaker
{
    public World World => world;

    public static async Task<ISpeaker> StartAsync() => new HookSpeaker(await World.StartAsync(await Upstream.StartAsync()));

    public Task<ITalk> OpenAsync() => Task.FromResult<ITalk>(new Talk(new HttpClient { BaseAddress = new Uri($"http://{world.Address}/") }));

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private sealed class Talk(HttpClient client) : ITalk
    {
        public Task FarEnd => Task.CompletedTask;

        public async Task<string?> CarryAsync(string text)
        {
            var asked = new Dictionary<string, object> { ["hook_event_name"] = "PostToolUse", ["tool_name"] = "Read", ["tool_response"] = new[] { text } };
            using var response = await client.PostAsJsonAsync("hook/claude", asked);
            using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            return response.IsSuccessStatusCode && !answer.RootElement.EnumerateObject().Any() ? text : null;
        }

        public ValueTask DisposeAsync()
        {
            client.Dispose();
            return default;
        }
    }
}

using System.Net.Http.Json;
using System.Text.Json;

namespace Postern.Transports.Tests.Conformance;

/// <summary>Each text is a scan; it passes when the answer is allow. There is nothing to open and no far end.</summary>
internal sealed class ScanTalk(HttpClient client) : ITalk
{
    public Task FarEnd => Task.CompletedTask;

    public async Task<string?> CarryAsync(string text)
    {
        var asked = new Dictionary<string, object> { ["kind"] = "prompt_injection", ["input"] = new Dictionary<string, string> { ["content"] = text } };
        using var response = await client.PostAsJsonAsync("api/v1/scan", asked);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return answer.RootElement.GetProperty("decision").GetString() == "allow" ? text : null;
    }

    public ValueTask DisposeAsync() => default;
}

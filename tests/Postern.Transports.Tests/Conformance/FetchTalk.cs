namespace Postern.Transports.Tests.Conformance;

/// <summary>Each text is a page of the world, fetched on its own.</summary>
internal sealed class FetchTalk(IHarness harness) : ITalk
{
    public Task FarEnd => Task.CompletedTask;

    public static Task<ITalk> OpenAsync(IHarness harness) => Task.FromResult<ITalk>(new FetchTalk(harness));

    public async Task<string?> CarryAsync(string text)
    {
        harness.World.Upstream.Answer = (features, _) => Upstream.Text(features, text);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var response = await harness.Client.GetAsync("page", patience.Token);
        return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(patience.Token) : null;
    }

    public ValueTask DisposeAsync() => default;
}

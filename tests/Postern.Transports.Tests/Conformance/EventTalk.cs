using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Features;

namespace Postern.Transports.Tests.Conformance;

/// <summary>A response that stays open: each text is an event from the world.</summary>
internal sealed class EventTalk : ITalk
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly Channel<string> _says = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource _farEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HttpResponseMessage? _response;
    private StreamReader? _events;

    public Task FarEnd => _farEnd.Task;

    public static async Task<ITalk> OpenAsync(IHarness harness)
    {
        var talk = new EventTalk();
        harness.World.Upstream.Answer = talk.SpeakAsync;
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            talk._response = await harness.Client.GetAsync("events", HttpCompletionOption.ResponseHeadersRead, patience.Token);
            talk._events = talk._response.IsSuccessStatusCode ? new StreamReader(await talk._response.Content.ReadAsStreamAsync(patience.Token)) : null;
        }
        catch (HttpRequestException)
        {
            // Refused before there was a response.
        }

        return talk;
    }

    public async Task<string?> CarryAsync(string text)
    {
        if (_events is null)
        {
            return null;
        }

        _says.Writer.TryWrite(text);
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            string? line;
            do
            {
                line = await _events.ReadLineAsync(patience.Token);
            }
            while (line is "");
            return line?.StartsWith("data: ", StringComparison.Ordinal) == true ? line["data: ".Length..] : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public ValueTask DisposeAsync()
    {
        _events?.Dispose();
        _response?.Dispose();
        return default;
    }

    private async Task SpeakAsync(IFeatureCollection features, CancellationToken gone)
    {
        await using var end = gone.Register(() => _farEnd.TrySetResult());
        features.GetRequiredFeature<IHttpResponseFeature>().Headers.ContentType = "text/event-stream";
        await features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.FlushAsync(gone);
        await foreach (var text in _says.Reader.ReadAllAsync(gone))
        {
            await Upstream.Piece(features, "data: " + text + "\n\n");
        }
    }
}

using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Features;

namespace Postern.Transports.Tests.Conformance;

/// <summary>A stream of a server's notifications: each text is one, with a mark behind it that tells when it was left out.</summary>
internal sealed class McpHttpTalk : ITalk
{
    private readonly Channel<string> _says = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource _farEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HttpResponseMessage? _response;
    private StreamReader? _events;
    private int _mark;

    public Task FarEnd => _farEnd.Task;

    public static async Task<ITalk> OpenAsync(McpHttpSpeaker speaker)
    {
        var talk = new McpHttpTalk();
        speaker.World.Upstream.Answer = talk.SpeakAsync;
        talk._response = await speaker.Client.GetAsync("mcp", HttpCompletionOption.ResponseHeadersRead);
        talk._events = talk._response.Content.Headers.ContentType?.MediaType == "text/event-stream" ? new StreamReader(await talk._response.Content.ReadAsStreamAsync()) : null;
        return talk;
    }

    public async Task<string?> CarryAsync(string text)
    {
        if (_events is null)
        {
            return null;
        }

        var mark = $"mark {++_mark}";
        _says.Writer.TryWrite(Notification(text));
        _says.Writer.TryWrite(Notification(mark));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        string? carried = null;
        try
        {
            while (await _events.ReadLineAsync(patience.Token) is { } line && line != "data: " + Notification(mark))
            {
                carried = line.StartsWith("data: ", StringComparison.Ordinal) ? Said(line["data: ".Length..]) : carried;
            }
        }
        catch (IOException)
        {
            return null;
        }

        return carried;
    }

    public ValueTask DisposeAsync()
    {
        _events?.Dispose();
        _response?.Dispose();
        return default;
    }

    private static string Notification(string text) => "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"data\":" + JsonSerializer.Serialize(text) + "}}";

    private static string? Said(string notification)
    {
        using var document = JsonDocument.Parse(notification);
        return document.RootElement.GetProperty("params").GetProperty("data").GetString();
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

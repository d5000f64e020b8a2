using System.Globalization;
using System.Text.Json;
using Postern.Engine.Configuration.Sections;
using Postern.Transports.Telemetry.Emit;

namespace Postern.Transports.Telemetry.Otlp;

/// <summary>Posts one signal to a collector and reads how much of it was not taken.</summary>
internal sealed class OtlpClient(EmitOtlpSection settings, OtlpSignal signal) : IDisposable
{
    private readonly EmitPost _post = new(TimeSpan.FromSeconds(settings.TimeoutSeconds));
    private readonly Uri _address = new(settings.Endpoint.TrimEnd('/') + signal.Path);
    private readonly KeyValuePair<string, string>[] _headers =
        [.. settings.Headers.Select(static header => header.Reveal()).Select(static text => (Text: text, Colon: text.IndexOf(':', StringComparison.Ordinal)))
            .Select(static header => new KeyValuePair<string, string>(header.Text[..header.Colon], header.Text[(header.Colon + 1)..]))];

    /// <summary>Posts, and returns how many items the collector left out.</summary>
    /// <exception cref="IOException">Not reached, or not now.</exception>
    /// <exception cref="EmitRefusedException">It does not take this.</exception>
    public async Task<int> SendAsync(ReadOnlyMemory<byte> json, CancellationToken cancel) =>
        RejectedIn(await _post.SendAsync(_address, json, _headers, cancel).ConfigureAwait(false), signal.Rejected);

    /// <inheritdoc/>
    public void Dispose() => _post.Dispose();

    // A success may say that a part was not taken, and that it must not be sent again. The number is a string, as all 64-bit integers.
    private static int RejectedIn(byte[] answer, string name)
    {
        try
        {
            using var parsed = JsonDocument.Parse(answer.Length == 0 ? "{}"u8.ToArray() : answer);
            return parsed.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("partialSuccess", out var partial)
                && partial.ValueKind == JsonValueKind.Object && partial.TryGetProperty(name, out var count)
                && int.TryParse(count.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var rejected)
                    ? rejected
                    : 0;
        }
        catch (JsonException)
        {
            // It was taken; what else the collector says is its own affair.
            return 0;
        }
    }
}

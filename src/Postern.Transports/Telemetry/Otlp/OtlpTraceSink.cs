using System.Globalization;
using System.Text.Json;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Evidence;
using Postern.Engine.Policy;
using Postern.Transports.Telemetry.Emit;

namespace Postern.Transports.Telemetry.Otlp;

/// <summary>Tells a collector of exchanges as spans, each when its last record is there.</summary>
internal sealed class OtlpTraceSink(EmitOtlpSection settings, EmitInstance instance) : IEmitSink
{
    /// <summary>Exchanges that may be under way at once; beyond it the one that began first is told as far as it came.</summary>
    private const int MaxOpen = 4096;

    /// <summary>Exchanges that ended, whose later records (pieces of a stream after its head) change nothing.</summary>
    private const int MaxEnded = 4096;

    /// <summary>An exchange that was silent for so long is told as far as it came.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(10);

    private const int SpanKindClient = 3;
    private const int StatusError = 2;

    private readonly OtlpClient _client = new(settings, OtlpSignal.Traces);
    private readonly Dictionary<(long Run, string Exchange), ExchangeSpan> _open = [];
    private readonly List<ExchangeSpan> _ended = [];
    private readonly Queue<(long Run, string Exchange)> _over = new();
    private readonly HashSet<(long Run, string Exchange)> _isOver = [];
    private EvidenceId _folded;

    /// <inheritdoc/>
    public string Name => "otlp_traces";

    /// <inheritdoc/>
    public bool Wants(EmitEvent told) => told.Record.Kind.IsOfTraffic();

    /// <inheritdoc/>
    public async ValueTask<int> TellAsync(IReadOnlyList<EmitEvent> events, CancellationToken cancel)
    {
        // Another attempt has the same records, which are in the spans already.
        if (_folded != events[^1].Record.Id)
        {
            _folded = events[^1].Record.Id;
            Fold(events);
        }

        var left = _ended.Count == 0 ? 0 : await _client.SendAsync(Document(_ended, instance), cancel).ConfigureAwait(false);
        _ended.Clear();
        return left;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    internal static ReadOnlyMemory<byte> Document(IReadOnlyList<ExchangeSpan> spans, EmitInstance instance) => OtlpDocument.Of(OtlpSignal.Traces, instance, json =>
    {
        foreach (var span in spans)
        {
            Write(json, span);
        }
    });

    private void Fold(IReadOnlyList<EmitEvent> events)
    {
        foreach (var told in events)
        {
            var key = (told.Run, told.Record.Exchange);
            if (_isOver.Contains(key))
            {
                continue;
            }

            if (!_open.TryGetValue(key, out var span))
            {
                _open[key] = span = new ExchangeSpan(told);
            }

            if (span.Add(told))
            {
                End(key, span);
            }
        }

        var now = events[^1].Entry.Time;
        foreach (var (key, span) in _open.OrderBy(static one => one.Value.End).ToArray())
        {
            if (_open.Count > MaxOpen || now - span.End > s_longest)
            {
                End(key, span);
            }
        }
    }

    private void End((long Run, string Exchange) key, ExchangeSpan span)
    {
        _open.Remove(key);
        _ended.Add(span);
        _over.Enqueue(key);
        _isOver.Add(key);
        if (_over.Count > MaxEnded)
        {
            _isOver.Remove(_over.Dequeue());
        }
    }

    private static void Write(Utf8JsonWriter json, ExchangeSpan span)
    {
        json.WriteStartObject();
        json.WriteString("traceId", span.Identity.TraceId);
        json.WriteString("spanId", span.Identity.SpanId);
        if (span.Identity.ParentId.Length > 0)
        {
            json.WriteString("parentSpanId", span.Identity.ParentId);
        }

        json.WriteString("name", span.Method.Length > 0 ? span.Method : span.First.Transport);
        json.WriteNumber("kind", SpanKindClient);
        json.WriteString("startTimeUnixNano", OtlpDocument.Nanoseconds(span.First.Time));
        json.WriteString("endTimeUnixNano", OtlpDocument.Nanoseconds(span.End));
        json.WriteStartArray("attributes");
        OtlpDocument.Attribute(json, "http.request.method", span.Method);
        if (Uri.TryCreate(span.First.Destination, UriKind.Absolute, out var to))
        {
            OtlpDocument.Attribute(json, "server.address", to.IdnHost);
            OtlpDocument.Attribute(json, "server.port", to.Port.ToString(CultureInfo.InvariantCulture));
        }

        OtlpDocument.Attribute(json, "postern.transport", span.First.Transport);
        OtlpDocument.Attribute(json, "postern.actor", span.First.Actor);
        OtlpDocument.Attribute(json, "postern.effect", span.Worst.Effect);
        OtlpDocument.Attribute(json, "postern.rules", span.Rules);
        OtlpDocument.Attribute(json, "postern.bytes", span.Bytes.ToString(CultureInfo.InvariantCulture));
        OtlpDocument.Attribute(json, "postern.evidence", span.Worst.Evidence?.ToString() ?? string.Empty);
        json.WriteEndArray();
        json.WriteStartObject("status");
        if (span.Worst.Effect == VerdictNames.Block)
        {
            json.WriteNumber("code", StatusError);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}

using System.Buffers;
using System.Text.Json;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Policy;
using Postern.Program.Judging;

namespace Postern.Program.Scanning;

/// <summary>Judges the lines of a batch, one after the other, with everything it needs kept from line to line.</summary>
internal sealed class BatchScanner : IDisposable
{
    private readonly Offline _offline;
    private readonly BatchKinds _kinds;
    private readonly StringRoom _room = new();
    private readonly ArrayBufferWriter<byte> _output = new(64 * 1024);
    private readonly Utf8JsonWriter _json;
    private readonly List<Message> _messages = [];

    public BatchScanner(PolicySnapshot policy, BatchKinds kinds)
    {
        _offline = new Offline(policy);
        _kinds = kinds;
        _json = new Utf8JsonWriter(_output, Json.Line);
    }

    /// <summary>Judges all lines of <paramref name="batch"/>.</summary>
    public async Task<BatchAnswer> ScanAsync(Batch batch, CancellationToken cancel)
    {
        _output.ResetWrittenCount();
        var faults = new List<LineFault>();
        var (bytes, number) = batch;
        for (var start = 0; start < bytes.Length; number++)
        {
            var feed = bytes.AsSpan(start).IndexOf((byte)'\n');
            var end = feed < 0 ? bytes.Length : start + feed;
            if (!IsBlank(bytes.AsSpan(start, end - start)))
            {
                await ScanLineAsync(bytes.AsMemory(start, end - start), number, faults, cancel).ConfigureAwait(false);
            }

            start = end + 1;
        }

        return new BatchAnswer(_output.WrittenSpan.ToArray(), faults);
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private async ValueTask ScanLineAsync(ReadOnlyMemory<byte> line, long number, List<LineFault> faults, CancellationToken cancel)
    {
        if (Prepare(line.Span, out var id) is { } wrong)
        {
            faults.Add(new LineFault(number, wrong));
            return;
        }

        var verdict = await _offline.JudgeAsync(_messages[0], cancel).ConfigureAwait(false);
        if (_messages.Count > 1)
        {
            verdict = Stronger(verdict, await _offline.JudgeAsync(_messages[1], cancel).ConfigureAwait(false));
        }

        Write(line.Span[id], verdict);
    }

    /// <summary>Turns a line into the messages that are judged; returns what is wrong with it, or null.</summary>
    private string? Prepare(ReadOnlySpan<byte> line, out Range id)
    {
        id = default;
        _messages.Clear();
        var fields = default(BatchLine);
        if (fields.Read(line, _room) is { } wrong)
        {
            return wrong;
        }

        if (line.Overlaps(fields.Id, out var offset))
        {
            id = offset..(offset + fields.Id.Length);
        }

        var kinds = fields.Serves & _kinds;
        if (kinds.HasFlag(BatchKinds.Dlp))
        {
            _messages.Add(Probe.OfText(fields.Content, Direction.Outbound));
        }

        if (kinds.HasFlag(BatchKinds.Injection))
        {
            _messages.Add(Probe.OfText(fields.Content, Direction.Inbound));
        }

        if (kinds.HasFlag(BatchKinds.Url))
        {
            _messages.Add(Probe.OfUrl(fields.Content));
        }

        if (kinds.HasFlag(BatchKinds.ToolCall))
        {
            _messages.Add(Probe.OfTool(fields.Tool, fields.Arguments));
        }

        return kinds == BatchKinds.None ? "no field that --kind asks for" : null;
    }

    /// <summary>Both, as one: the stronger effect, and everything that was found once.</summary>
    private static OfflineVerdict Stronger(OfflineVerdict outbound, OfflineVerdict inbound)
    {
        var (strong, weak) = inbound.Effect < outbound.Effect ? (inbound, outbound) : (outbound, inbound);
        var more = weak.Findings.Where(finding => !Array.Exists(strong.Findings, known => known.Rule == finding.Rule && known.Start == finding.Start)).ToArray();
        return more.Length == 0 ? strong : strong with { Findings = [.. strong.Findings, .. more] };
    }

    private void Write(ReadOnlySpan<byte> id, OfflineVerdict verdict)
    {
        _json.Reset(_output);
        _json.WriteStartObject();
        _json.WritePropertyName("id"u8);
        _json.WriteRawValue(id.IsEmpty ? "null"u8 : id, skipInputValidation: true);
        _json.WriteString("verdict"u8, verdict.Name);
        _json.WriteNumber("score"u8, verdict.Score);
        _json.WriteStartArray("findings"u8);
        foreach (var finding in verdict.Findings)
        {
            _json.WriteStartObject();
            FindingJson.WriteMembers(_json, finding);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        _output.Write("\n"u8);
    }

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r"u8) < 0;
}

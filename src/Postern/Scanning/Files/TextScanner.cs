using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Policy;
using Postern.Program.Judging;

namespace Postern.Program.Scanning.Files;

/// <summary>Judges texts of any length, one after the other, and says on which line each finding stands.</summary>
internal sealed class TextScanner(PolicySnapshot policy, BatchKinds kinds)
{
    // Below the size at which the inspector changes threads.
    private const int WindowBytes = 192 * 1024;

    /// <summary>What two windows share: a value up to this long is seen whole in one of them.</summary>
    public const int OverlapBytes = 16 * 1024;

    private readonly Offline _offline = new(policy);
    private readonly Dictionary<(string Rule, int Start), Found> _found = [];

    /// <summary>Adds what is found in <paramref name="text"/>, in the order of its lines.</summary>
    public async ValueTask ScanAsync(SourceText text, List<FileFinding> into, CancellationToken cancel)
    {
        _found.Clear();
        foreach (var (start, end) in WindowsOf(text.Bytes))
        {
            await JudgeAsync(text.Bytes[start..end], start, cancel).ConfigureAwait(false);
        }

        if (_found.Count > 0)
        {
            Place(text, into);
        }
    }

    /// <summary>The pieces in which a text is judged; each begins before the one in front of it ends.</summary>
    public static IEnumerable<(int Start, int End)> WindowsOf(ReadOnlyMemory<byte> text)
    {
        for (var start = 0; ;)
        {
            var end = EndOf(text.Span, start);
            yield return (start, end);
            if (end == text.Length)
            {
                yield break;
            }

            start = end - OverlapBytes;
        }
    }

    /// <summary>Windows end with a line when there is one to end with.</summary>
    private static int EndOf(ReadOnlySpan<byte> text, int start)
    {
        if (text.Length - start <= WindowBytes)
        {
            return text.Length;
        }

        var line = text.Slice(start + (WindowBytes / 2), WindowBytes / 2).LastIndexOf((byte)'\n');
        return line < 0 ? start + WindowBytes : start + (WindowBytes / 2) + line + 1;
    }

    private async ValueTask JudgeAsync(ReadOnlyMemory<byte> window, int start, CancellationToken cancel)
    {
        if (kinds.HasFlag(BatchKinds.Dlp))
        {
            Keep(await _offline.JudgeAsync(Probe.OfText(window.Span, Direction.Outbound), cancel).ConfigureAwait(false), start);
        }

        if (kinds.HasFlag(BatchKinds.Injection))
        {
            Keep(await _offline.JudgeAsync(Probe.OfText(window.Span, Direction.Inbound), cancel).ConfigureAwait(false), start);
        }
    }

    private void Keep(OfflineVerdict verdict, int windowStart)
    {
        foreach (var finding in verdict.Findings)
        {
            var found = new Found(finding, finding.Acceptance == Acceptance.Edited ? Effect.Redact : policy.Policy.EffectOf(verdict.Direction, finding));
            var key = (finding.Rule.Id, windowStart + Math.Max(finding.Start, 0));
            if (!_found.TryGetValue(key, out var known) || found.Effect < known.Effect || (found.Effect == known.Effect && finding.Length > known.Finding.Length))
            {
                _found[key] = found;
            }
        }
    }

    private void Place(SourceText text, List<FileFinding> into)
    {
        var bytes = text.Bytes.Span;
        var (line, lineStart, counted) = (text.FirstLine, 0, 0);
        foreach (var ((rule, start), found) in _found.OrderBy(static pair => pair.Key.Start).ThenBy(static pair => pair.Key.Rule, StringComparer.Ordinal))
        {
            line += bytes[counted..start].Count((byte)'\n');
            lineStart = bytes[..start].LastIndexOf((byte)'\n') + 1;
            counted = start;
            var matched = bytes.Slice(start, Math.Clamp(found.Finding.Length, 0, bytes.Length - start));
            var placed = new FileFinding(text.Path, line, Encoding.UTF8.GetCharCount(bytes[lineStart..start]) + 1, found.Finding, found.Effect)
            {
                Start = start,
                Tag = TagOf(rule, matched),
            };
            into.Add(Accept(placed, IgnoredBy(text, rule, new Range(lineStart, start + matched.Length))));
        }
    }

    private static FileFinding Accept(FileFinding placed, string? ignored) =>
        ignored is not null ? placed with { AcceptedBy = "comment", Reason = ignored }
        : placed.Finding.Acceptance == Acceptance.ByOperator && placed.Effect == Effect.Allow ? placed with { AcceptedBy = "configuration", Reason = placed.Finding.Note }
        : placed;

    /// <summary>A comment counts on the line where a finding begins, on the one where it ends, and alone on the line above.</summary>
    private static string? IgnoredBy(SourceText text, string rule, Range span)
    {
        var bytes = text.Bytes.Span;
        var (lineStart, end) = (span.Start.Value, span.End.Value);
        var above = lineStart == 0 ? text.Above.Span : LineAt(bytes, lineStart - 1);
        return IgnoreComment.ReasonIn(LineAt(bytes, lineStart), rule, alone: false)
            ?? IgnoreComment.ReasonIn(LineAt(bytes, end), rule, alone: false)
            ?? IgnoreComment.ReasonIn(above, rule, alone: true);
    }

    private static ReadOnlySpan<byte> LineAt(ReadOnlySpan<byte> bytes, int at)
    {
        var start = bytes[..at].LastIndexOf((byte)'\n') + 1;
        var length = bytes[start..].IndexOf((byte)'\n');
        return length < 0 ? bytes[start..] : bytes.Slice(start, length);
    }

    private static string TagOf(string rule, ReadOnlySpan<byte> matched)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(rule));
        hash.AppendData([0]);
        hash.AppendData(matched);
        return BitConverter.ToUInt16(hash.GetHashAndReset()).ToString("x4", CultureInfo.InvariantCulture);
    }

    private readonly record struct Found(Finding Finding, Effect Effect);
}

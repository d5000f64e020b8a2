using System.Globalization;
using System.Text.Json;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Verification;
using Postern.Transports.Evidence;

namespace Postern.Transports.Telemetry.Emit;

/// <summary>
/// Reads the evidence of a directory from a mark on, while it is written. Whole lines only: a line feed stands where the write of a
/// record's group has come that far. Takes no lock, so whoever writes never waits for a reader.
/// </summary>
/// <param name="directory">Where the evidence is.</param>
internal sealed class EvidenceTrail(string directory)
{
    /// <summary>How much is read at once.</summary>
    private const int StretchBytes = 256 * 1024;

    private readonly Dictionary<uint, TrailBegin> _begun = [];

    /// <summary>Where the evidence ends now.</summary>
    public TrailMark End()
    {
        var files = Files();
        if (files.Count == 0)
        {
            return TrailMark.Beginning;
        }

        using var stream = files[^1].Open();
        var end = Stretch.Complete(stream).End;
        return EvidenceFileName.TryParse(files[^1].Name, out var name) ? new TrailMark(files[^1].Name, end, name.FirstSequence + LinesIn(stream, end) - 1, end) : TrailMark.Beginning;
    }

    /// <summary>What comes next; no records and the same end when there is nothing.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public TrailStretch Read(TrailMark mark)
    {
        // Listed before anything is read: a file that has a successor by then is complete.
        var files = Files();
        var at = files.FindIndex(file => file.Name == mark.File);
        if (at < 0)
        {
            return files.Count == 0 ? new([], mark, 0) : Resume(files, mark);
        }

        var read = ReadFile(files[at], mark);
        return read.End == mark && at + 1 < files.Count ? ReadFile(files[at + 1], mark with { File = files[at + 1].Name, Offset = 0 }) : read;
    }

    /// <summary>Bytes of evidence behind a mark, checkpoints included.</summary>
    public long BytesAfter(TrailMark mark)
    {
        var files = Files();
        var at = Math.Max(0, files.FindIndex(file => file.Name == mark.File));
        return files.Skip(at).Sum(file => LengthOf(file.Name)) - (at < files.Count && files[at].Name == mark.File ? mark.Offset : 0);
    }

    /// <summary>The files in the order in which they were written: each chain after the one it follows, and each by its records.</summary>
    public List<EvidenceFile> Files()
    {
        if (!Directory.Exists(directory))
        {
            return [];
        }

        var files = RecordFolder.ListFiles(directory)
            .Select(static file => (File: file, Name: EvidenceFileName.TryParse(file.Name, out var name) ? name : default))
            .OrderBy(static entry => entry.Name.FirstSequence)
            .ToArray();
        var begins = files.DistinctBy(static entry => entry.Name.Chain).ToDictionary(static entry => entry.Name.Chain, entry => BeginOf(entry.File, entry.Name.Chain));
        return
        [
            .. files.OrderBy(entry => DepthOf(begins, entry.Name.Chain))
                .ThenBy(entry => begins[entry.Name.Chain].Time, StringComparer.Ordinal)
                .ThenBy(static entry => entry.Name.Chain)
                .ThenBy(static entry => entry.Name.FirstSequence)
                .Select(static entry => entry.File),
        ];
    }

    // Links, because clocks go back. A link to itself or in a ring is nothing Postern writes.
    private static int DepthOf(Dictionary<uint, TrailBegin> begins, uint chain)
    {
        var depth = 0;
        while (depth < begins.Count && begins[chain].Previous is { } previous && begins.ContainsKey(previous))
        {
            (chain, depth) = (previous, depth + 1);
        }

        return depth;
    }

    private long LengthOf(string name) => new FileInfo(Path.Combine(directory, name)) is { Exists: true } file ? file.Length : 0;

    // Every line is a record, and their numbers have no gaps.
    private static long LinesIn(Stream stream, long end)
    {
        var lines = 0L;
        for (long at = 0; at < end; at += StretchBytes)
        {
            lines += Stretch.Read(stream, at, Math.Min(end, at + StretchBytes)).AsSpan().Count((byte)'\n');
        }

        return lines;
    }

    // The file that was being read is gone: retention was faster.
    private static TrailStretch Resume(List<EvidenceFile> files, TrailMark mark)
    {
        _ = EvidenceFileName.TryParse(mark.File, out var lost);
        var next = files.FindIndex(file => EvidenceFileName.TryParse(file.Name, out var name) && name.Chain == lost.Chain && name.FirstSequence > lost.FirstSequence);
        var file = files[Math.Max(0, next)];
        _ = EvidenceFileName.TryParse(file.Name, out var first);
        var missed = next >= 0 && mark.Sequence < first.FirstSequence ? first.FirstSequence - mark.Sequence - 1 : mark.File.Length == 0 ? 0 : 1;
        return ReadFile(file, mark with { File = file.Name, Offset = 0 }) with { Missed = missed };
    }

    private static TrailStretch ReadFile(EvidenceFile file, TrailMark mark)
    {
        using var stream = file.Open();

        // After a power cut a file may be shorter than what was read of it.
        var start = Math.Min(mark.Offset, stream.Length);
        for (long want = StretchBytes; ; want *= 2)
        {
            var end = Math.Min(stream.Length, start + want);
            var bytes = Stretch.Read(stream, start, end);
            var feed = bytes.AsSpan().LastIndexOf((byte)'\n');
            if (feed >= 0 || end == stream.Length)
            {
                return Parse(bytes.AsMemory(0, feed + 1), mark with { Offset = start + feed + 1 });
            }
        }
    }

    private static TrailStretch Parse(ReadOnlyMemory<byte> lines, TrailMark end)
    {
        List<EmitEvent> records = [];
        var run = end.Run;
        while (!lines.IsEmpty)
        {
            var feed = lines.Span.IndexOf((byte)'\n');
            if (EvidenceRecord.Read(lines[..feed]) is { } record)
            {
                run = record.IsStart ? record.Id.Sequence : run;
                records.Add(new EmitEvent(record, run));
            }

            lines = lines[(feed + 1)..];
        }

        return new TrailStretch(records, records.Count == 0 ? end : end with { Sequence = records[^1].Record.Id.Sequence, Run = run }, 0);
    }

    // Every file begins with a header or a checkpoint, and both say when; only a header says what it follows.
    private TrailBegin BeginOf(EvidenceFile file, uint chain)
    {
        if (_begun.TryGetValue(chain, out var known))
        {
            return known;
        }

        using var reader = new StreamReader(file.Open());
        try
        {
            using var line = JsonDocument.Parse(reader.ReadLine() ?? "{}");
            return line.RootElement.TryGetProperty("ts", out var time) ? _begun[chain] = new TrailBegin(time.GetString()!, PreviousIn(line.RootElement)) : default;
        }
        catch (JsonException)
        {
            // A header that is being written: asked again.
            return default;
        }
    }

    private static uint? PreviousIn(JsonElement header) => header.TryGetProperty("previous", out var link)
        && uint.TryParse(link.GetProperty("chain").GetString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var previous)
            ? previous
            : null;
}

using Postern.Engine.Capturing;
using Postern.Transports.Capturing;

namespace Postern.Program.Replaying;

/// <summary>Opens the files of captures in a directory, and counts what is missing in them.</summary>
/// <param name="directory">The directory.</param>
/// <param name="key">The private key.</param>
internal sealed class CaptureFiles(string directory, EscrowKey key)
{
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);

    /// <summary>Files by how they ended.</summary>
    public Dictionary<SealedEnd, long> Ends { get; } = Enum.GetValues<SealedEnd>().ToDictionary(static end => end, static _ => 0L);

    /// <summary>Files that are not here, between others of the same run that are.</summary>
    public long Gone { get; private set; }

    /// <summary>Messages that were not captured, as the files say.</summary>
    public long Missed { get; private set; }

    /// <summary>Names of files that were changed.</summary>
    public List<string> Broken { get; } = [];

    /// <summary>The captures in the order in which they were written, each with its run.</summary>
    /// <exception cref="ConfigException">A file cannot be read.</exception>
    public IEnumerable<(string Run, Capture Capture)> Read()
    {
        foreach (var path in Paths())
        {
            using var file = Open(path);
            var reader = new SealedReader(file, key);
            foreach (var frame in reader.Frames())
            {
                Missed += frame.Count;
                if (frame.Kind == FrameKind.Capture && Capture.Read(frame.Text) is { } capture)
                {
                    yield return (reader.Run, capture);
                }
            }

            Count(reader, Path.GetFileName(path));
        }
    }

    private void Count(SealedReader reader, string name)
    {
        Ends[reader.End]++;
        if (reader.End == SealedEnd.Broken)
        {
            Broken.Add(name);
        }

        if (reader.Run.Length > 0)
        {
            Gone += _last.TryGetValue(reader.Run, out var before) ? Math.Max(0, reader.Number - before - 1) : 0;
            _last[reader.Run] = reader.Number;
        }
    }

    private IReadOnlyList<string> Paths()
    {
        try
        {
            return SealedReader.FilesIn(directory) is { Count: > 0 } files ? files : throw new ConfigException($"{directory}: there are no captures here");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException($"{directory}: cannot be read: {e.Message}");
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException($"{path}: cannot be read: {e.Message}");
        }
    }
}

using System.CommandLine;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Verification;

namespace Postern.Program.Commands;

/// <summary>Where evidence is read from: a directory, one file, or Postern's home.</summary>
internal static class EvidenceSource
{
    public static Argument<string?> Argument() => new("PATH")
    {
        Description = "an evidence directory or file; else the one in the home directory",
        Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The files at <paramref name="path"/>.</summary>
    /// <exception cref="ConfigException">There is nothing of that name.</exception>
    public static IReadOnlyList<EvidenceFile> FilesAt(string path)
    {
        if (File.Exists(path))
        {
            return [FileAt(path)];
        }

        return Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path).Where(static file => EvidenceFileName.TryParse(Path.GetFileName(file), out _)).Select(FileAt)]
            : throw new ConfigException($"{path}: there is no such file or directory");
    }

    /// <summary>Every evidence directory in <paramref name="home"/>: runs that share a home number theirs.</summary>
    public static IEnumerable<string> DirectoriesOf(Home home) => Directory.Exists(home.Path)
        ? Directory.EnumerateDirectories(home.Path, Path.GetFileName(home.Evidence) + "*")
        : [];

    // A recorder may be at work: it may go on writing and removing.
    private static EvidenceFile FileAt(string path) => new(
        Path.GetFileName(path),
        () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
}

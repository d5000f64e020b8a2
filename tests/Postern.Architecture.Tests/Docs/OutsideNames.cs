using System.Text;

namespace Postern.Architecture.Tests.Docs;

/// <summary>Finds names of the place this was developed in, which nobody else has.</summary>
internal static class OutsideNames
{
    // In pieces, so that this file does not find itself.
    private static readonly byte[][] s_needles = [Encoding.UTF8.GetBytes(".." + "/shared"), Encoding.UTF8.GetBytes("/work" + "/shared")];

    private static readonly HashSet<string> s_skipped = [".git", "bin", "obj", "out", "TestResults", "node_modules", ".vs"];

    /// <summary>True when <paramref name="content"/> holds such a name.</summary>
    public static bool Mentioned(ReadOnlySpan<byte> content)
    {
        foreach (var needle in s_needles)
        {
            if (content.IndexOf(needle) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Every file below <paramref name="folder"/> that git would keep, build output left out.</summary>
    public static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder)
        .Where(file => !s_skipped.Contains(Path.GetFileName(file)))
        .Concat(Directory.EnumerateDirectories(folder)
            .Where(inner => !s_skipped.Contains(Path.GetFileName(inner)) && new DirectoryInfo(inner).LinkTarget is null)
            .SelectMany(Files));
}

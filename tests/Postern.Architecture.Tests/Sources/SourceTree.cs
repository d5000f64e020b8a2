namespace Postern.Architecture.Tests.Sources;

/// <summary>The hand-written C# files of the repository, parsed once.</summary>
internal static class SourceTree
{
    /// <summary>Everything below <c>src</c>.</summary>
    public static IReadOnlyList<SourceFile> Product { get; } = Load("src");

    /// <summary>The product, its tests, and the bench and fuzz programs.</summary>
    public static IReadOnlyList<SourceFile> Everything { get; } = [.. Product, .. Load("tests"), .. Load("bench"), .. Load("fuzz")];

    private static List<SourceFile> Load(string top)
    {
        var folder = RepositoryRoot.Resolve(top);
        return !Directory.Exists(folder)
            ? []
            : Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
                .Select(file => (file, path: Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/')))
                .Where(found => !IsBuildOutput(found.path))
                .OrderBy(found => found.path, StringComparer.Ordinal)
                .Select(found => new SourceFile(found.path, File.ReadAllText(found.file)))
                .ToList();
    }

    private static bool IsBuildOutput(string path) => path.Split('/').Any(segment => segment is "bin" or "obj");
}

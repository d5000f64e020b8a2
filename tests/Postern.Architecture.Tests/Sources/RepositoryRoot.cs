namespace Postern.Architecture.Tests.Sources;

/// <summary>Finds the repository that this test executable was built from.</summary>
internal static class RepositoryRoot
{
    /// <summary>The absolute path of the folder with the solution file.</summary>
    public static string Path { get; } = Find();

    /// <summary>The absolute path of something named from the root.</summary>
    public static string Resolve(string relative) => System.IO.Path.Combine(Path, relative);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Postern.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("No Postern.slnx above " + AppContext.BaseDirectory);
    }
}

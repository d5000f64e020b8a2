namespace Postern.Engine.Tests.Configuration;

/// <summary>Files of the source tree that tests compare with.</summary>
internal static class Repository
{
    public static string PathOf(string relative)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Postern.slnx")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException("The tests run outside the source tree.");
        }

        return Path.Combine(directory.FullName, relative);
    }
}

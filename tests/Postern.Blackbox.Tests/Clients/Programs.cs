namespace Postern.Blackbox.Tests.Clients;

/// <summary>Where the machine's programs are.</summary>
internal static class Programs
{
    /// <summary>The PATH with the folders of daemons, which are not on every user's.</summary>
    public static string SearchPath { get; } = Environment.GetEnvironmentVariable("PATH") + ":/usr/local/sbin:/usr/sbin:/sbin";

    /// <summary>The full path of a program.</summary>
    public static string PathOf(string program) =>
        SearchPath.Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException("There is no " + program + " on this machine.");
}

namespace Postern.Needs;

/// <summary>What a test asks of the machine, and whether the machine has it.</summary>
/// <remarks>
/// A need is a word: <c>root</c>, <c>linux</c>, an absolute path that must exist, or else the name of a program on the PATH.
/// Several words, separated by spaces, are all needed.
/// </remarks>
internal static class Need
{
    /// <summary>Set to 1 where a test that cannot run is a failure, as in continuous integration.</summary>
    public const string TestAllVariable = "POSTERN_TEST_ALL";

    // A daemon like squid lives in sbin, which is not on every user's PATH.
    private static readonly string[] s_systemFolders = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

    /// <summary>The reason to skip, or null when the test can run or must run.</summary>
    public static string? SkipReason(string needs, string? testAll)
    {
        if (testAll == "1")
        {
            return null;
        }

        var missing = needs.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(need => !IsMet(need)).ToArray();
        return missing.Length == 0 ? null : "not run: needs " + string.Join(", ", missing);
    }

    /// <summary>The same, with the variable as the environment has it.</summary>
    public static string? SkipReason(string needs) => SkipReason(needs, Environment.GetEnvironmentVariable(TestAllVariable));

    private static bool IsMet(string need) => need switch
    {
        "root" => Environment.IsPrivilegedProcess,
        "linux" => OperatingSystem.IsLinux(),
        _ when need.StartsWith('/') => Path.Exists(need),
        _ => IsOnPath(need),
    };

    private static bool IsOnPath(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders.Concat(s_systemFolders).Any(folder => File.Exists(Path.Combine(folder, program)));
    }
}

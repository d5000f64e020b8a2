namespace Postern.Program.Hosts;

/// <summary>How hosts are to call Postern.</summary>
/// <param name="Program">The program's path.</param>
/// <param name="Options">Options that every call gets: which configuration, which home.</param>
internal sealed record Wrapper(string Program, string[] Options)
{
    /// <summary>What hosts run for their hooks, as a line for a shell.</summary>
    public string HookLine(string word) => string.Join(' ', ((string[])[Program, "hook", word, .. Options]).Select(Quoted));

    /// <summary>True for the command line of a wrapped server, this one's or an earlier installation's.</summary>
    public static bool IsProxy(string? program, string[] arguments) => IsPostern(program) && arguments is ["mcp", "proxy", ..];

    /// <summary>True for the line of a hook of ours, this one's or an earlier installation's.</summary>
    public static bool IsHook(string line, string word) =>
        line.IndexOf(" hook " + word, StringComparison.Ordinal) is > 0 and var end && IsPostern(line[..end].Trim('\'', '"'));

    private static bool IsPostern(string? program) => program is not null && Path.GetFileName(program.Replace('\\', '/')) is "postern" or "postern.exe";

    private static string Quoted(string word) => word.All(static c => char.IsAsciiLetterOrDigit(c) || c is '/' or '\\' or ':' or '.' or '_' or '-') ? word
        : OperatingSystem.IsWindows() ? $"\"{word}\""
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

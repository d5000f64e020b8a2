namespace Postern.Sandbox.Peers;

/// <summary>A process of this machine.</summary>
/// <param name="Process">Its number.</param>
/// <param name="Command">Its name, at most 15 characters; empty when it has ended.</param>
/// <param name="Executable">The file it runs; empty when this process may not know.</param>
public sealed record LocalProcess(int Process, string Command, string Executable)
{
    /// <summary>What is known of a process by its number.</summary>
    internal static LocalProcess Of(int process) => new(process, CommandOf(process), ExecutableOf(process));

    private static string CommandOf(int process)
    {
        try
        {
            return Plain(File.ReadAllText($"/proc/{process}/comm").TrimEnd('\n'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string ExecutableOf(int process)
    {
        try
        {
            return Plain(new FileInfo($"/proc/{process}/exe").LinkTarget ?? "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Names are chosen by whoever is looked at; nobody's log obeys them.</summary>
    private static string Plain(string name) => string.Concat(name.Select(static c => c is >= ' ' and <= '~' ? c : '?'));
}

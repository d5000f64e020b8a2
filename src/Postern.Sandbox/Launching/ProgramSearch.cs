using Postern.Sandbox.Kernel;

namespace Postern.Sandbox.Launching;

/// <summary>Finds a command as a shell does: by its path when it has a slash, else on the search path.</summary>
internal static class ProgramSearch
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The program, or the error that <c>execve</c> would give.</summary>
    public static (string Program, int Fault) Find(string command, string searchPath)
    {
        var fault = Errno.NoEntry;
        var places = command.Contains('/', StringComparison.Ordinal) ? [command] : searchPath.Split(':').Select(folder => Path.Join(folder.Length == 0 ? "." : folder, command));
        foreach (var place in places)
        {
            if (!Path.Exists(place))
            {
                continue;
            }

            if (File.Exists(place) && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(place) & AnyExecute) != 0)
            {
                return (place, 0);
            }

            fault = Errno.Access;
        }

        return (command, fault);
    }
}

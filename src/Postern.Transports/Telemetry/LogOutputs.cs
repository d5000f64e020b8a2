using Postern.Engine.Configuration.Sections;

namespace Postern.Transports.Telemetry;

/// <summary>Opens where the configuration wants log lines to go.</summary>
public static class LogOutputs
{
    /// <summary>Opens the outputs; none when nothing is to be logged, and then no <see cref="DecisionLog"/> is needed.</summary>
    /// <param name="settings">The section of the configuration, with an absolute <c>logging.file</c>.</param>
    /// <param name="sharesTerminal">True when a command runs behind the firewall: <c>output: auto</c> then means none, because a
    /// line on standard error would garble what the command shows.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for lack of rights.</exception>
    public static IReadOnlyList<Stream> Open(LoggingSection settings, bool sharesTerminal)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.Output switch
        {
            LogOutput.Auto when sharesTerminal => [],
            LogOutput.Auto or LogOutput.Stderr => [Console.OpenStandardError()],
            LogOutput.Stdout => [Console.OpenStandardOutput()],
            LogOutput.File => [OpenFile(settings.File)],
            LogOutput.Both => [Console.OpenStandardError(), OpenFile(settings.File)],
            _ => [],
        };
    }

    /// <summary>Destinations and rules are nobody else's business: the file is its owner's. Others may read and rotate it while it is open.</summary>
    private static FileStream OpenFile(string file)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(file, options);
    }
}

using Postern.Engine.Detection.Tools;
using Postern.Engine.Detection.Tools.Shell;

namespace Postern.Engine.Monitoring.Tools.Chains;

/// <summary>What a call does by its arguments, beyond what its name says: the programs inside a command line, the files it names.</summary>
internal static class CallReading
{
    private static readonly string[] s_secretNames =
        ["/.ssh/id_", "/.aws/credentials", "/.netrc", "/etc/shadow", ".git-credentials", "/.docker/config.json", "/.kube/config", "/.gnupg/", ".kdbx", ".pem", "credentials.json", "/secrets/", "id_rsa", "id_ed25519"];

    private static readonly string[] s_persistNames =
        ["/etc/cron", "/var/spool/cron", "/systemd/", "/etc/init.d/", "/LaunchAgents/", "/LaunchDaemons/", "/.bashrc", "/.profile", "/.zshrc", "/autostart/"];

    private static readonly string[] s_uploadOptions = ["-d", "-F", "-T", "--data", "--form", "--upload-file", "--post-data", "--post-file", "--body-file", "--json"];

    /// <summary>What the call does.</summary>
    /// <param name="tool">The tool's name.</param>
    /// <param name="commands">Its arguments as they are read for rules.</param>
    /// <param name="file">A name for the file that is written or run; 0 when there is none.</param>
    public static CallKinds Of(string tool, List<ToolCommand> commands, out uint file)
    {
        var kinds = CallWords.OfTool(tool);
        var hasCommands = false;
        file = 0;
        foreach (var read in commands)
        {
            var isOwn = read.IsOwn;
            hasCommands |= !isOwn;
            foreach (var command in read.Script.Commands)
            {
                kinds |= isOwn ? OfArguments(command) : OfProgram(command);
                kinds |= OfFiles(command, isOwn);
                file = FileOf(command, isOwn) is var named and not 0 ? named : file;
            }
        }

        // A shell is only the way to what it is told.
        return hasCommands && !HasExec(commands) ? kinds & ~CallKinds.Exec : kinds;
    }

    private static bool HasExec(List<ToolCommand> commands) =>
        commands.Exists(c => !c.IsOwn && c.Script.Commands.Exists(command => (OfProgram(command) & CallKinds.Exec) != 0));

    private static CallKinds OfArguments(ShellCommand command)
    {
        foreach (var argument in command.Arguments)
        {
            if (argument.Text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || argument.Text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            {
                return CallKinds.Fetch;
            }
        }

        return CallKinds.None;
    }

    private static CallKinds OfProgram(ShellCommand command)
    {
        var kinds = command.Program.Length == 0 ? CallKinds.None : CallWords.OfProgram(command.Program);
        if ((kinds & CallKinds.Fetch) != 0 && (command.Input is not null || command.Arguments.Exists(a => Array.Exists(s_uploadOptions, o => a.Text.StartsWith(o, StringComparison.Ordinal)))))
        {
            kinds |= CallKinds.Send;
        }

        if (command.Program == "systemctl" && command.Arguments.Exists(a => a.Text is "enable" or "daemon-reload"))
        {
            kinds |= CallKinds.Persist;
        }

        return command.Program == "crontab" && command.Arguments.Exists(a => a.Text == "-l") ? CallKinds.Read : kinds;
    }

    private static CallKinds OfFiles(ShellCommand command, bool isOwn)
    {
        var kinds = CallKinds.None;
        foreach (var path in command.Reads)
        {
            kinds |= Names(s_secretNames, path) || IsDotenv(path) ? CallKinds.Secret | CallKinds.Read : isOwn ? CallKinds.None : CallKinds.Read;
        }

        foreach (var path in command.Writes)
        {
            kinds |= Names(s_persistNames, path) ? CallKinds.Persist | CallKinds.Write : path.StartsWith("/dev/", StringComparison.Ordinal) ? CallKinds.None : CallKinds.Write;
        }

        return kinds;
    }

    private static uint FileOf(ShellCommand command, bool isOwn)
    {
        var path = command.Writes.Count > 0 ? command.Writes[0]
            : isOwn ? string.Empty
            : command.Program is "chmod" && command.Arguments.Count > 1 ? command.Arguments[^1].Text
            : command.Path.Contains('/', StringComparison.Ordinal) ? command.Path
            : command.Reads.Count > 0 && (CallWords.OfProgram(command.Program) & CallKinds.Exec) != 0 ? command.Reads[0]
            : string.Empty;
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        return name.IsEmpty ? 0 : CallHash.Of(name) | 1;
    }

    private static bool IsDotenv(string path)
    {
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        return name.StartsWith(".env") && !name.EndsWith(".example") && !name.EndsWith(".sample") && !name.EndsWith(".template");
    }

    private static bool Names(string[] pieces, string path) => Array.Exists(pieces, piece => path.Contains(piece, StringComparison.Ordinal));
}

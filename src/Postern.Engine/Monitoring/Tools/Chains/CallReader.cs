using Postern.Engine.Detection.Tools;

namespace Postern.Engine.Monitoring.Tools.Chains;

/// <summary>Reads calls as one configuration wants them read.</summary>
internal sealed class CallReader
{
    /// <summary>Reads by what the house knows.</summary>
    public static CallReader Default { get; } = new();

    /// <summary>Names of tools, with wildcards, and what they do instead of what their names tell; all that fit.</summary>
    public IReadOnlyList<(string Tool, CallKinds Kinds)> Categories { get; init; } = [];

    /// <summary>Files that no call under foreign influence may change.</summary>
    public IReadOnlyList<string> ProtectedPaths { get; init; } = [];

    /// <summary>Files that no call under hostile influence may change.</summary>
    public IReadOnlyList<string> ElevatedPaths { get; init; } = [];

    /// <summary>The call of <paramref name="tool"/> with its arguments read into commands.</summary>
    public CallSummary Read(string tool, List<ToolCommand> commands)
    {
        var kinds = CallReading.Of(tool, commands, out var file);
        var instead = CallKinds.None;
        foreach (var (glob, category) in Categories)
        {
            instead |= Glob.Matches(glob, tool) ? category : CallKinds.None;
        }

        kinds = instead == CallKinds.None ? kinds : instead;

        return new CallSummary(CallSummary.Printable(tool), CallHash.Of(tool), kinds) { File = file, Protection = ProtectionOf(commands) };
    }

    /// <summary>The strongest protection of any file that the commands change.</summary>
    private Protection ProtectionOf(List<ToolCommand> commands)
    {
        var found = Protection.None;
        foreach (var read in commands)
        {
            foreach (var command in read.Script.Commands)
            {
                foreach (var path in command.Writes)
                {
                    var one = Names(ProtectedPaths, path) ? Protection.Protected : Names(ElevatedPaths, path) ? Protection.Elevated : Protection.None;
                    found = one > found ? one : found;
                }
            }
        }

        return found;
    }

    private static bool Names(IReadOnlyList<string> globs, string path)
    {
        foreach (var glob in globs)
        {
            if (Glob.Matches(glob, path))
            {
                return true;
            }
        }

        return false;
    }
}

using System.Runtime.InteropServices;
using Postern.Engine.Configuration.Sections;
using Postern.Sandbox.Launching;
using Postern.Sandbox.Planning;

namespace Postern.Program.Running;

/// <summary>From configuration, command line and this process to what is to be contained.</summary>
internal static class SandboxRequests
{
    /// <summary>The request.</summary>
    public static SandboxRequest Of(LoadedConfig loaded, Home home, SandboxWishes wishes, string[] command)
    {
        var section = SectionOf(loaded, wishes.Agent);
        return new SandboxRequest(ModeOf(section, wishes), command)
        {
            Directory = Environment.CurrentDirectory,
            Workspace = Absolute(wishes.Workspace.Length > 0 ? wishes.Workspace : section.Workspace),
            UserHome = UserHome,
            Reads = section.Filesystem.AllowRead,
            Writes = section.Filesystem.AllowWrite,
            Data = section.Filesystem.DenyExecute,
            Sockets = section.Sockets,
            SearchPath = Environment.GetEnvironmentVariable("PATH") ?? "",
            Own = OwnOf(loaded, home),

            // Hooks and wrapped servers call Postern again. Its configuration may lie in the workspace, and is not the agent's to change.
            Shown = [AppContext.BaseDirectory, .. Runtime, .. Set(loaded.Path), .. Set(loaded.Config.KillSwitch.SentinelFile), Path.Join(home.Path, TrustBundle.FileName)],
        };
    }

    /// <summary>What the configuration says of containment, for an agent that was named too.</summary>
    public static SandboxSection SectionOf(LoadedConfig loaded, string agent)
    {
        var known = loaded.Config.Agents.FirstOrDefault(known => known.Name.Equals(agent, StringComparison.OrdinalIgnoreCase));
        return known is null ? loaded.Config.Sandbox : loaded.Config.Sandbox.For(known.Sandbox);
    }

    /// <summary>Postern's own places: keys, evidence, what was taken away.</summary>
    public static string[] OwnOf(LoadedConfig loaded, Home home) =>
        [home.Path, .. Set(loaded.Config.FlightRecorder.Dir), .. Set(loaded.Config.FlightRecorder.SigningKeyPath), .. Set(loaded.Config.TlsInterception.CaKey), .. Set(loaded.Config.FileSentry.QuarantineDir)];

    /// <summary>A path of the configuration, with the user's home for <c>~/</c>.</summary>
    public static string InHome(string path) => path.StartsWith("~/", StringComparison.Ordinal) ? Path.Join(UserHome, path[2..]) : path;

    private static string UserHome => Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } user ? Absolute(user) : "/root";

    /// <summary>Makes variables fit what the plan leaves of the machine.</summary>
    public static void Fit(Dictionary<string, string> variables, SandboxPlan plan, Containment containment)
    {
        if (plan.Namespaces)
        {
            // Its loopback is its own: what it reaches there it started itself.
            variables["NO_PROXY"] = variables["no_proxy"] = ChildEnvironment.OwnLoopback;
            variables.Remove("TMPDIR");
        }
        else
        {
            variables["HOME"] = variables["TMPDIR"] = containment.Scratch;
        }
    }

    /// <summary>How this program is started: by itself, or by the runtime's host.</summary>
    public static IReadOnlyList<string> Own => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
        ? [Environment.ProcessPath!, Path.Join(AppContext.BaseDirectory, "postern.dll")]
        : [Environment.ProcessPath!];

    /// <summary>The directory of the runtime and its frameworks; none when the runtime lies beside the program.</summary>
    private static string[] Runtime => RuntimeEnvironment.GetRuntimeDirectory() is var libraries && libraries.IndexOf("/shared/Microsoft.", StringComparison.Ordinal) is > 0 and var end
        ? [libraries[..end]]
        : [];

    /// <summary>A run that need not be contained takes what it can get; what it gets is said.</summary>
    private static SandboxMode ModeOf(SandboxSection section, SandboxWishes wishes) => wishes.Mode
        ?? (section.Strict ? SandboxMode.Strict : section.BestEffort || !wishes.IsRequired ? SandboxMode.BestEffort : SandboxMode.Standard);

    private static string Absolute(string path) => path.Length == 0 ? "" : Path.GetFullPath(path);

    private static IEnumerable<string> Set(string? path) => string.IsNullOrEmpty(path) ? [] : [path];
}

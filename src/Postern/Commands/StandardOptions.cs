using System.CommandLine;
using Postern.Engine.Policy;

namespace Postern.Program.Commands;

/// <summary>Options that mean the same wherever they stand.</summary>
internal static class StandardOptions
{
    public static Option<bool> Json() => new("--json") { Description = "print the result as JSON" };

    public static Option<string?> Config() => new("--config", "-c")
    {
        Description = "the configuration file; else ./postern.yaml, else the user's, else the defaults",
        HelpName = "FILE",
    };

    public static Option<string?> Home() => new("--home")
    {
        Description = "where keys, authority and evidence lie; else POSTERN_HOME, else ~/.postern",
        HelpName = "DIR",
    };

    /// <summary>The policy that the option or the default places give.</summary>
    public static PolicySnapshot PolicyOf(ParseResult parsed, Option<string?> config)
    {
        var loaded = ConfigFile.Load(ConfigFile.Find(parsed.GetValue(config)));
        return new PolicySnapshot(1, loaded.Hash, loaded.Policy);
    }
}

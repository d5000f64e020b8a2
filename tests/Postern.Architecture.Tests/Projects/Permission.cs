namespace Postern.Architecture.Tests.Projects;

/// <summary>Everything one source project may depend on; what is not listed is refused.</summary>
/// <param name="Projects">Projects it may reference.</param>
/// <param name="Packages">Run-time packages it may use.</param>
/// <param name="Frameworks">Shared frameworks it may use.</param>
internal sealed record Permission(string[] Projects, string[] Packages, string[] Frameworks)
{
    private const string AspNet = "Microsoft.AspNetCore.App";

    /// <summary>Projects of the product that may see its internals; none of the engine's, whose internals make a Cleared.</summary>
    public string[] Friends { get; init; } = [];

    /// <summary>By project name: architecture, "Dependency rules".</summary>
    public static IReadOnlyDictionary<string, Permission> ByProject { get; } = new Dictionary<string, Permission>
    {
        ["Postern.Engine"] = new([], ["YamlDotNet", "AngleSharp"], []),
        ["Postern.Transports"] = new(["Postern.Engine"], ["Npgsql"], [AspNet]) { Friends = ["Postern.AspNetCore", "Postern.Mcp"] },
        ["Postern.AspNetCore"] = new(["Postern.Engine", "Postern.Transports"], [], [AspNet]) { Friends = ["Postern.Mcp"] },
        ["Postern.Mcp"] = new(["Postern.AspNetCore"], ["ModelContextProtocol.Core"], []),
        ["Postern.Sandbox"] = new(["Postern.Engine"], [], []),
        ["Postern"] = new(["Postern.Engine", "Postern.Transports", "Postern.Sandbox"], ["System.CommandLine"], [AspNet]),
    };

    /// <summary>What <paramref name="project"/> asks for beyond this; internals are shown to tests, bench and fuzz, and to whom they are promised.</summary>
    public IEnumerable<string> Exceeded(ProjectFile project) =>
    [
        .. project.Projects.Except(Projects).Select(name => "project " + name),
        .. project.RunTimePackages.Except(Packages).Select(name => "package " + name),
        .. project.Frameworks.Except(Frameworks).Select(name => "framework " + name),
        .. project.LooseAssemblies.Select(name => "assembly " + name),

        // A friend could make a Cleared: its constructor is internal.
        .. project.Friends.Except(Friends).Where(name => !IsTest(name)).Select(name => "friend " + name),
    ];

    private static bool IsTest(string friend) => friend.EndsWith(".Tests", StringComparison.Ordinal) || friend is "Postern.Bench" or "Postern.Fuzz" or "Postern.Training";
}

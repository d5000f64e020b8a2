using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Rules.Compiling;

namespace Postern.Engine.Tests.Detection.Rules;

/// <summary>The built-in rules with their examples, read from the repository.</summary>
internal static class RuleFiles
{
    private static readonly Lazy<List<RuleSource>> s_loaded = new(Load);

    public static IReadOnlyList<RuleSource> All => s_loaded.Value;

    public static RuleSource Find(string id) => All.Single(s => s.Rule.Rule.Id == id);

    private static List<RuleSource> Load()
    {
        var errors = new List<RuleError>();
        var sources = Paths().SelectMany(f => RuleCompiler.Sources(File.ReadAllText(f), f, errors)).ToList();
        Assert.Empty(errors);
        return sources;
    }

    /// <summary>A path of the repository.</summary>
    public static string InRepository(params string[] parts)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Postern.slnx")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The repository's root was not found.");
        }

        return Path.Combine([root.FullName, .. parts]);
    }

    private static IEnumerable<string> Paths() =>
        new[] { "secrets", "injection", "tools", "chains" }.SelectMany(f => Directory.EnumerateFiles(InRepository("rules", f), "*.yaml"));
}

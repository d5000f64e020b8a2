using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Rules.Compiling;

namespace Postern.RuleTable;

/// <summary>Compiles all rule files into one table without examples; errors have the form that MSBuild shows.</summary>
internal static class TableBuild
{
    /// <summary>Other folders hold rules of other machines.</summary>
    private static readonly string[] s_folders = ["secrets", "injection", "tools", "chains"];

    public static int Run(string directory, string output)
    {
        var errors = new List<RuleError>();
        var sources = new List<RuleSource>();
        foreach (var file in s_folders.SelectMany(f => Directory.EnumerateFiles(Path.Combine(directory, f), "*.yaml").Order(StringComparer.Ordinal)))
        {
            sources.AddRange(RuleCompiler.Sources(File.ReadAllText(file), file, errors));
        }

        foreach (var twice in sources.GroupBy(s => s.Rule.Rule.Id).Where(g => g.Count() > 1))
        {
            errors.Add(new RuleError(directory, 1, 1, $"the id '{twice.Key}' is used in two files"));
        }

        foreach (var error in errors)
        {
            Console.Error.WriteLine(error);
        }

        if (errors.Count > 0)
        {
            return 1;
        }

        using var stream = File.Create(output);
        Engine.Detection.Rules.RuleTable.Of([.. sources.Select(s => s.Rule)]).Write(stream);
        Console.WriteLine($"{sources.Count} rules, {stream.Length} bytes");
        return 0;
    }
}

using Postern.Engine.Detection.Rules.Compiling;
using Postern.Engine.Detection.Rules.Reading;
using Postern.Engine.Yaml;

namespace Postern.Engine.Detection.Rules;

/// <summary>Turns rule files into rules, and lets them prove themselves: every example must match and no counter-example may.</summary>
public static class RuleCompiler
{
    /// <summary>Compiles one file.</summary>
    /// <param name="yaml">Its text; at most 1 MiB of characters.</param>
    /// <param name="fileName">Its name, for messages only.</param>
    /// <returns>A table of its rules, or all errors; never throws for what the file says.</returns>
    public static RuleCompilation Compile(string yaml, string fileName)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        var errors = new List<RuleError>();
        var sources = Sources(yaml, fileName, errors);
        return errors.Count > 0
            ? new RuleCompilation(null, errors)
            : new RuleCompilation(RuleTable.Of([.. sources.Select(s => s.Rule)]), []);
    }

    /// <summary>The proven rules of one file with their examples; adds to <paramref name="errors"/> what is wrong.</summary>
    internal static List<RuleSource> Sources(string yaml, string fileName, List<RuleError> errors)
    {
        var document = YamlReader.Read(yaml);
        errors.AddRange(document.Faults.Select(fault => new RuleError(fileName, fault.Line, fault.Column, fault.Message)));
        if (document.Root is not { } root)
        {
            if (document.Faults.Count == 0)
            {
                errors.Add(new RuleError(fileName, 1, 1, "the file is empty"));
            }

            return [];
        }

        var file = new MapReader(root, fileName, errors);
        file.Text("family", required: true);
        var category = RuleEntry.ReadCategory(file, RuleCategory.Secret);
        var homes = RuleEntry.ReadHomes(file, []);
        var sources = new List<RuleSource>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in file.Node("rules", required: true)?.Items ?? [])
        {
            var before = errors.Count;
            if (RuleEntry.Read(new MapReader(node, fileName, errors), category, homes) is not { } source)
            {
                continue;
            }

            if (!ids.Add(source.Rule.Rule.Id))
            {
                errors.Add(new RuleError(fileName, node.Line, node.Column, $"the id '{source.Rule.Rule.Id}' is used twice"));
            }

            if (errors.Count == before)
            {
                RuleProof.Run(source, fileName, errors);
            }

            sources.Add(source);
        }

        file.Finish();
        return sources;
    }
}

using Postern.Engine.Detection;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Policy;

namespace Postern.Engine.Configuration;

/// <summary>Which built-in rules run. The core floor always does.</summary>
internal static class RuleSelection
{
    /// <summary>The rules that run. Without a wish it is the embedded table itself: building another one costs more than the whole start.</summary>
    public static RuleTable Of(PosternConfig config, List<string> errors)
    {
        var table = RuleCatalogue.Table;
        var off = new HashSet<string>(StringComparer.Ordinal);
        if (!config.Dlp.IncludeDefaults)
        {
            off.UnionWith(IdsOf(table, RuleCategory.Secret));
        }

        if (!config.ResponseScanning.IncludeDefaults)
        {
            off.UnionWith(IdsOf(table, RuleCategory.Injection));
        }

        foreach (var entry in config.Rules.Disabled)
        {
            Disable(entry, table, off, errors);
        }

        return off.Count == 0 ? table : table.Without(off);
    }

    private static IEnumerable<string> IdsOf(RuleTable table, RuleCategory category) =>
        table.Rules.Where(rule => rule.Category == category && !rule.Core).Select(static rule => rule.Id);

    /// <summary>An entry without effect is an error: whoever wrote it believes that something is off.</summary>
    private static void Disable(string entry, RuleTable table, HashSet<string> off, List<string> errors)
    {
        var named = table.Rules.Append(RuleCatalogue.LearnedInjection).Where(rule => Wildcard.IsMatch(entry, rule.Id)).ToArray();
        if (named.Length == 0)
        {
            errors.Add($"rules.disabled: no built-in rule is called '{entry}'; 'postern rules list' shows them");
        }
        else if (Array.TrueForAll(named, static rule => rule.Core))
        {
            errors.Add($"rules.disabled: '{entry}' belongs to the core floor, which no configuration removes");
        }

        off.UnionWith(named.Where(static rule => !rule.Core).Select(static rule => rule.Id));
    }
}

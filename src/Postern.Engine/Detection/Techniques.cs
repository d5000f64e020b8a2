namespace Postern.Engine.Detection;

/// <summary>
/// Which techniques of MITRE ATT&amp;CK (<c>T…</c>) and MITRE ATLAS (<c>AML.T…</c>) a finding points to, by the id of its rule. The one table
/// of them, techniques.txt: the longest beginning that fits wins, so a new rule has techniques as soon as it has a category.
/// </summary>
public static class Techniques
{
    private static readonly Lazy<(string Prefix, string[] Ids)[]> s_table = new(static () =>
        [.. EmbeddedTable.ReadRows("Postern.techniques.txt").Select(static row => (row.Key, row.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)))]);

    /// <summary>The techniques of a rule, the closest first; empty for a rule that guards Postern's own work and for an id of no known category.</summary>
    public static IReadOnlyList<string> Of(string ruleId)
    {
        ArgumentNullException.ThrowIfNull(ruleId);
        (string Prefix, string[] Ids) best = (string.Empty, []);
        foreach (var row in s_table.Value)
        {
            if (row.Prefix.Length > best.Prefix.Length && ruleId.StartsWith(row.Prefix, StringComparison.Ordinal))
            {
                best = row;
            }
        }

        return best.Ids;
    }
}

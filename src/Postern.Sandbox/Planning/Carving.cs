namespace Postern.Sandbox.Planning;

/// <summary>
/// Landlock only grants: what is hidden within a grant must be carved out of it, by granting its neighbours one by one. Used where there
/// are no mounts that could cover it.
/// </summary>
internal static class Carving
{
    private static readonly EnumerationOptions s_everything = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };

    /// <summary>The same rights without a single <see cref="Access.Hidden"/>. New files beside what was carved out are not granted, nor is what links there point to.</summary>
    /// <param name="rules">Shorter paths first.</param>
    public static IEnumerable<PathRule> Of(IReadOnlyList<PathRule> rules)
    {
        var hidden = rules.Where(static rule => rule.Access == Access.Hidden).ToList();
        return rules.Where(static rule => rule.Access is Access.Read or Access.Write).SelectMany(rule => Carve(rule, hidden));
    }

    private static IEnumerable<PathRule> Carve(PathRule rule, List<PathRule> hidden)
    {
        if (hidden.Exists(secret => secret.Path == rule.Path))
        {
            return [];
        }

        return hidden.Exists(secret => rule.Covers(secret.Path))
            ? [rule with { Access = Access.List }, .. Directory.EnumerateFileSystemEntries(rule.Path, "*", s_everything).Where(static path => new FileInfo(path).LinkTarget is null).Order(StringComparer.Ordinal).SelectMany(path => Carve(rule with { Path = path }, hidden))]
            : [rule];
    }
}

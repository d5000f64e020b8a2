namespace Postern.Architecture.Tests.Sources;

/// <summary>Holds a rule over the tree, and proves on planted code that the rule can be broken at all.</summary>
internal static class Guard
{
    /// <summary>Fails with the list of violations that no allowance covers, and of allowances that nothing needs any more.</summary>
    public static void Holds(ISourceCheck check, IReadOnlyList<SourceFile> files, params Allowance[] allowed) =>
        Clean(files.SelectMany(check.Look).ToList(), files.Select(file => file.Path).ToHashSet(), allowed);

    /// <summary>Fails unless the check finds something in the planted file.</summary>
    public static void Catches(ISourceCheck check, string path, string code) =>
        Assert.True(check.Look(Plant(path, code)).Any(), $"Not caught in {path}:\n{code}");

    /// <summary>Fails when the check finds anything in the planted file.</summary>
    public static void Passes(ISourceCheck check, string path, string code) =>
        Assert.Equal([], check.Look(Plant(path, code)).Select(violation => violation.ToString()));

    private static void Clean(List<Violation> found, HashSet<string> paths, Allowance[] allowed)
    {
        var broken = found.Where(violation => !allowed.Any(allowance => allowance.Covers(violation))).Select(violation => violation.ToString());

        // An allowance for a file that is not there yet costs nothing; one that nothing needs would hide the next violation.
        var stale = allowed.Where(allowance => paths.Contains(allowance.Path) && !found.Any(allowance.Covers))
            .Select(allowance => $"{allowance.Path}: the allowance for '{allowance.Member}' is no longer needed");
        var silent = allowed.Where(allowance => string.IsNullOrWhiteSpace(allowance.Reason))
            .Select(allowance => $"{allowance.Path}: the allowance has no reason");
        var all = broken.Concat(stale).Concat(silent).ToList();
        Assert.True(all.Count == 0, string.Join('\n', all.Prepend($"{all.Count} violation(s):")));
    }

    private static SourceFile Plant(string path, string code)
    {
        var file = new SourceFile(path, code);

        // Planted code that does not parse would prove nothing.
        Assert.Equal([], file.Root.GetDiagnostics().Select(diagnostic => diagnostic.ToString()));
        return file;
    }
}

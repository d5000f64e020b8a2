namespace Postern.Engine.Configuration.Schema;

/// <summary>
/// Keys of related products, and of later versions, that this one does not have: retired-keys.txt. Each gets advice instead of a guess:
/// a protection that is written down but silently absent is the worst outcome of reading a file.
/// </summary>
internal static class RetiredKeys
{
    /// <summary>What stands in place of advice for a feature that is planned.</summary>
    private const string Later = "later";

    private static readonly Lazy<(string Path, string Advice)[]> s_rows = new(static () => [.. EmbeddedTable.ReadRows("Postern.retired-keys.txt")]);

    /// <summary>Every key with advice, for the tests and the reference page.</summary>
    public static IEnumerable<string> All => s_rows.Value.Select(static row => row.Path);

    /// <summary>What to do instead, or null when the key was never one.</summary>
    public static string? Find(string path) => Array.Find(s_rows.Value, row => row.Path == path).Advice switch
    {
        null => null,
        Later => $"{(path.Contains('.', StringComparison.Ordinal) ? "" : "section ")}'{path}' is known but not built yet in this version; remove it",
        var advice => $"no key of Postern; {advice}",
    };
}

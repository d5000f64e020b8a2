namespace Postern.Engine.Detection.Tools;

/// <summary>The named lists of command patterns, embedded as text; also for rules of users.</summary>
internal static class CommandLists
{
    private static readonly Lazy<Dictionary<string, string[]>> s_all = new(static () => EmbeddedTable.ReadRows("Postern.command-lists.txt")
        .ToDictionary(static row => row.Key, static row => row.Value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal));

    public static IReadOnlyDictionary<string, string[]> All => s_all.Value;
}

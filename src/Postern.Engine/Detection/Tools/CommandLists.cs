namespace Postern.Engine.Detection.Tools;

/// <summary>The named lists of command patterns, embedded as text; also for rules of users.</summary>
internal static class CommandLists
{
    private const string Resource = "Postern.command-lists.txt";

    private static readonly Lazy<Dictionary<string, string[]>> s_all = new(Load);

    public static IReadOnlyDictionary<string, string[]> All => s_all.Value;

    private static Dictionary<string, string[]> Load()
    {
        using var stream = typeof(CommandLists).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidDataException("The command lists are not embedded in this build.");
        using var reader = new StreamReader(stream);
        var lists = new Dictionary<string, string[]>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Split(": ", 2) is [var name, var items] && !line.StartsWith('#'))
            {
                lists[name] = items.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
            }
        }

        return lists;
    }
}

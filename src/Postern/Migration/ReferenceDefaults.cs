using Postern.Engine.Configuration;

namespace Postern.Program.Migration;

/// <summary>What held there where a file says nothing: written out where it is not weaker than what holds here.</summary>
internal static class ReferenceDefaults
{
    /// <summary>Adds them to an import.</summary>
    public static void Write(ConfigImport import)
    {
        var missing = KeyTable.Own.All.Where(entry => entry.Rule.Default is not null && import.Find(entry.Key) is null)
            .Select(static entry => (Key: entry.Rule.To.Length > 0 ? entry.Rule.To : entry.Key, new ValueShape(entry.Rule, entry.Rule.Default!, ("", 0)).Make().Node))
            .Where(entry => entry.Node is not null && import.Draft.Get(entry.Key) is null).ToList();
        var theirs = new DraftNode();
        missing.ForEach(entry => theirs.Set(entry.Key, entry.Node!));
        var read = ConfigReader.Read(DraftText.Of(theirs), "defaults");
        var changes = ConfigDiff.Compare(read.Config ?? throw new InvalidOperationException(string.Join('\n', read.Errors)), PosternConfig.Default).ToDictionary(static change => change.Key);
        foreach (var (key, node) in missing.Where(entry => changes.ContainsKey(entry.Key)))
        {
            var change = changes[key];
            if (change.Effect == ChangeEffect.Strengthens)
            {
                import.Say(new KeyFate(key, 0, Fate.Stricter, key, $"{change.Before} there, {change.After} here"));
                continue;
            }

            node!.Note = $"Not in the file, and the default there; here it would be {change.After}.";
            import.Draft.Set(key, node);
            import.Say(new KeyFate(key, 0, Fate.Default, key, $"{change.Before} there, {change.After} here"));
        }
    }

    /// <summary>What the vocabulary says of a key that it does not have.</summary>
    public static string AdviceOn(string key)
    {
        const string Remove = "remove it: ";
        var advice = ConfigExplain.Suggest(key) ?? throw new InvalidOperationException($"There is no advice on {key}.");
        return advice.IndexOf(Remove, StringComparison.Ordinal) is >= 0 and var at ? advice[(at + Remove.Length)..] : advice;
    }
}

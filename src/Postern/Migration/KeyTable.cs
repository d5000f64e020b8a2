using Postern.Engine.Yaml;
using Postern.Program.Posture;

namespace Postern.Program.Migration;

/// <summary>Every key of the reference's configuration, with what becomes of it.</summary>
internal sealed class KeyTable
{
    private readonly Dictionary<string, KeyRule> _rules = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sections = new(StringComparer.Ordinal);

    private KeyTable(YamlNode root)
    {
        var tables = root.Find("tables")!;
        foreach (var (key, value) in root.Find("keys")!.Entries.Select(static entry => (entry.Key.Text, entry.Value)))
        {
            _rules.Add(key, KeyRule.Of(value, tables));
            for (var end = key.LastIndexOf('.'); end > 0; end = key.LastIndexOf('.', end - 1))
            {
                _sections.Add(key[..end]);
            }
        }
    }

    /// <summary>The table that the program carries.</summary>
    public static KeyTable Own => field ??= new(PostureFile.Read("Postern.migration.").Single());

    /// <summary>All of it, in the order of the file.</summary>
    public IEnumerable<(string Key, KeyRule Rule)> All => _rules.Select(static pair => (pair.Key, pair.Value));

    /// <summary>The rule of a key; null when the reference has no such key, or has a section of that name.</summary>
    public KeyRule? Find(string key) => _rules.GetValueOrDefault(key);

    /// <summary>True when keys are known below this one.</summary>
    public bool IsSection(string key) => _sections.Contains(key);
}

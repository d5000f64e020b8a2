namespace Postern.Program.Abom;

/// <summary>Everything that was declared and everything that was observed, side by side.</summary>
internal sealed class BillOfMaterials
{
    private readonly Dictionary<(BomKind Kind, string Group, string Name, string Version), BomEntry> _entries = [];

    /// <summary>Files that could not be read, relative to where was looked.</summary>
    public SortedSet<string> Unread { get; } = new(StringComparer.Ordinal);

    /// <summary>When the last record was made; empty when there is none.</summary>
    public string Until { get; set; } = "";

    /// <summary>Every entry, in an order that does not depend on where it was found first.</summary>
    public IEnumerable<BomEntry> Entries => _entries.OrderBy(static pair => pair.Key.Kind).ThenBy(static pair => pair.Key.Group, StringComparer.Ordinal)
        .ThenBy(static pair => pair.Key.Name, StringComparer.Ordinal).ThenBy(static pair => pair.Key.Version, StringComparer.Ordinal).Select(static pair => pair.Value);

    /// <summary>Of what was declared and can be observed, the part that was; 0 when nothing was declared.</summary>
    public double Confidence
    {
        get
        {
            var declared = _entries.Values.Where(static entry => entry is { IsObservable: true, Declared.Count: > 0 }).ToList();
            return declared.Count == 0 ? 0 : Math.Round((double)declared.Count(static entry => entry.Observed > 0) / declared.Count, 3);
        }
    }

    /// <summary>The entry of this name, which is made when it is new.</summary>
    public BomEntry Of(BomKind kind, string name, string group = "", string version = "")
    {
        var key = (kind, group, name, version);
        if (!_entries.TryGetValue(key, out var entry))
        {
            _entries[key] = entry = new BomEntry(kind, name) { Group = group, Version = version };
        }

        return entry;
    }

    /// <summary>Puts together what belongs together: a host that a declared pattern covers was expected.</summary>
    public void Settle()
    {
        foreach (var pattern in _entries.Values.Where(static entry => entry is { Kind: BomKind.Host, Declared.Count: > 0 }).ToList())
        {
            foreach (var host in _entries.Values.Where(host => host.Kind == BomKind.Host && host != pattern && Covers(pattern.Name, host.Name)))
            {
                host.Declared.UnionWith(pattern.Declared);
                pattern.Observed += host.Observed;
                pattern.Refused += host.Refused;
            }
        }
    }

    private static bool Covers(string pattern, string host) => pattern.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase);
}

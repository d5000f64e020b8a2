using System.Text.Json;
using Postern.Program.Commands;

namespace Postern.Program.Proof;

/// <summary>Which sessions were summed up at their end, and which never were.</summary>
internal sealed class SessionEnds
{
    private readonly SortedDictionary<(string Chain, string Actor), string> _open = [];
    private readonly List<string> _lost = [];

    /// <summary>Every manifest, as it was recorded.</summary>
    public List<JsonElement> Manifests { get; } = [];

    /// <summary>Sessions without a manifest: Postern was killed, or is still at work. By actor, and the record they began with.</summary>
    public IEnumerable<string> Unended => _lost.Concat(_open.Select(Describe));

    /// <summary>Takes a record in, in the order of the chain.</summary>
    public void Take(JsonElement record)
    {
        var (chain, actor) = (EvidenceLog.Text(record, "chain"), EvidenceLog.Text(record, "actor"));
        if (EvidenceLog.IsOfTraffic(record))
        {
            _open.TryAdd((chain, actor), EvidenceLog.Text(record, "seq"));
        }
        else if (EvidenceLog.Text(record, "kind") == "manifest")
        {
            _open.Remove((chain, actor));
            Manifests.Add(record.Clone());
        }
        else if (EvidenceLog.Text(record, "transport") == "evidence" && EvidenceLog.Text(record, "note").StartsWith("resumed", StringComparison.Ordinal))
        {
            var gone = _open.Where(entry => entry.Key.Chain == chain).ToList();
            _lost.AddRange(gone.Select(Describe));
            gone.ForEach(entry => _open.Remove(entry.Key));
        }
    }

    private static string Describe(KeyValuePair<(string Chain, string Actor), string> open) => $"{open.Key.Actor} from ev-{open.Key.Chain}-{open.Value}";
}

using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Program.Abom;

/// <summary>What records say that an agent used.</summary>
internal static class ObservedEvidence
{
    /// <summary>Takes in what left towards the world; answers name nothing that was not asked.</summary>
    public static void Read(BillOfMaterials bom, IEnumerable<EvidenceRecord> records)
    {
        foreach (var record in records)
        {
            var draft = record.Draft;
            if (draft.Kind is not (EvidenceKind.Ruling or EvidenceKind.Open) || draft.Direction != Direction.Outbound)
            {
                continue;
            }

            var isRefused = draft.Effect == Effect.Deny;
            bom.Until = string.CompareOrdinal(bom.Until, TimeOf(record)) < 0 ? TimeOf(record) : bom.Until;
            Count(bom, BomKind.Server, draft.Server, "", isRefused);
            Count(bom, BomKind.Tool, draft.Tool, draft.Server, isRefused);
            Count(bom, BomKind.Model, draft.Model, "", isRefused);
            var origin = System.Text.Encoding.ASCII.GetString(draft.Destination);
            if (Uri.TryCreate(origin, UriKind.Absolute, out var url))
            {
                Count(bom, BomKind.Host, url.Host, "", isRefused);
                bom.Of(BomKind.Host, url.Host).Facts.TryAdd("endpoint", origin);
            }
        }
    }

    private static string TimeOf(EvidenceRecord record) => record.Line.GetProperty("ts").GetString()!;

    private static void Count(BillOfMaterials bom, BomKind kind, string name, string group, bool isRefused)
    {
        if (name.Length > 0)
        {
            var entry = bom.Of(kind, name, group);
            entry.Observed++;
            entry.Refused += isRefused ? 1 : 0;
        }
    }
}

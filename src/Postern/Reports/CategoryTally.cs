using Postern.Engine.Detection;
using Postern.Engine.Evidence;
using Postern.Engine.Policy;

namespace Postern.Program.Reports;

/// <summary>Findings of one rule or one category.</summary>
internal sealed class CategoryTally
{
    /// <summary>How many.</summary>
    public long Findings { get; private set; }

    /// <summary>How many of them stood in something refused.</summary>
    public long Refused { get; private set; }

    /// <summary>The worst of them.</summary>
    public Severity Worst { get; private set; }

    /// <summary>ATT&amp;CK and ATLAS techniques that they point to.</summary>
    public SortedSet<string> Techniques { get; } = new(StringComparer.Ordinal);

    /// <summary>Counts one.</summary>
    public void Add(Finding finding, in EvidenceDraft record)
    {
        Findings++;
        Refused += record.Effect == Effect.Deny ? 1 : 0;
        Worst = (Severity)Math.Max((int)Worst, (int)finding.Rule.Severity);
        Techniques.UnionWith(Engine.Detection.Techniques.Of(finding.Rule.Id));
    }
}

using System.Collections.Concurrent;
using Postern.Engine.Evidence;
using Postern.Transports.Telemetry;

namespace Postern.Program.Posture;

/// <summary>Which rules spoke since it was last asked. Entries come before their rulings take effect, so nothing is missing when an exchange is over.</summary>
internal sealed class RulingBook : IDecisionReader
{
    private readonly ConcurrentQueue<string> _rules = new();

    /// <inheritdoc/>
    public bool Wants(in EvidenceDraft draft) => !draft.Findings.IsEmpty;

    /// <inheritdoc/>
    public void Take(LogEntry entry)
    {
        foreach (var finding in entry.Findings)
        {
            _rules.Enqueue(finding.Rule.Id);
        }
    }

    /// <summary>The ids, each once; the book is empty afterwards.</summary>
    public IReadOnlyList<string> TakeRules()
    {
        var taken = new List<string>();
        while (_rules.TryDequeue(out var rule))
        {
            taken.Add(rule);
        }

        return [.. taken.Distinct(StringComparer.Ordinal)];
    }
}

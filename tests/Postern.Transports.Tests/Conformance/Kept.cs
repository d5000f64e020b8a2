using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Transports.Tests.Conformance;

/// <summary>What a scenario looks at in a record.</summary>
internal sealed record Kept(
    EvidenceKind Kind, string Transport, MessageKind Message, Direction Direction, Effect Effect, Effect? Observed, long Revision, string Note, IReadOnlyList<string> Rules)
{
    public string Actor { get; init; } = "";
}

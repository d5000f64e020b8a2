using System.Diagnostics.CodeAnalysis;
using Postern.Engine.Detection;
using Postern.Engine.Evidence;

namespace Postern.Engine.Inspection;

/// <summary>The only two ways out of the inspector. The default value is neither: reading it throws.</summary>
public readonly struct Ruling
{
    private readonly Cleared _cleared;
    private readonly bool _isCleared;
    private readonly Refused? _refused;
    private readonly IReadOnlyList<Finding>? _findings;
    private readonly EvidenceId? _evidence;

    internal Ruling(Cleared cleared, IReadOnlyList<Finding> findings, EvidenceId evidence)
    {
        _cleared = cleared;
        _isCleared = true;
        _findings = findings;
        _evidence = evidence;
    }

    internal Ruling(Refused refused)
    {
        _refused = refused;
        _findings = refused.Findings;
        _evidence = refused.Evidence;
    }

    /// <summary>Everything that was found, in a cleared message too: there it is what the judge accepted. Empty when nothing was.</summary>
    public IReadOnlyList<Finding> Findings => _findings ?? [];

    /// <summary>The record of the ruling; null when evidence could not be kept, default for a clean piece that shares a record with others.</summary>
    public EvidenceId? Evidence => _evidence;

    /// <summary>True with the right to release; false with the refusal.</summary>
    public bool TryClear(out Cleared cleared, [NotNullWhen(false)] out Refused? refused)
    {
        cleared = _cleared;
        refused = _refused;
        return _isCleared || (refused is null ? throw new InvalidOperationException("A ruling comes from the inspector.") : false);
    }
}

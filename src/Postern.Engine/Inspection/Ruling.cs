using System.Diagnostics.CodeAnalysis;

namespace Postern.Engine.Inspection;

/// <summary>The only two ways out of the inspector. The default value is neither: reading it throws.</summary>
public readonly struct Ruling
{
    private readonly Cleared _cleared;
    private readonly bool _isCleared;
    private readonly Refused? _refused;

    internal Ruling(Cleared cleared)
    {
        _cleared = cleared;
        _isCleared = true;
    }

    internal Ruling(Refused refused) => _refused = refused;

    /// <summary>True with the right to release; false with the refusal.</summary>
    public bool TryClear(out Cleared cleared, [NotNullWhen(false)] out Refused? refused)
    {
        cleared = _cleared;
        refused = _refused;
        return _isCleared || (refused is null ? throw new InvalidOperationException("A ruling comes from the inspector.") : false);
    }
}

using Postern.Engine.Detection;
using Postern.Engine.Flow;

namespace Postern.Engine.Policy;

/// <summary>
/// What one finding costs: category × direction × severity × confidence → effect. Everything denies until something is
/// written into the table. The only place that knows these four together.
/// </summary>
public sealed class EffectTable
{
    private const int Categories = 10;
    private const int Levels = 4;
    private readonly Effect[] _effects = new Effect[Categories * 2 * Levels * Levels];

    /// <summary>The effect of a finding.</summary>
    public Effect this[RuleCategory category, Direction direction, Severity severity, Confidence confidence]
    {
        get => _effects[IndexOf(category, direction, severity, confidence)];
        private set => _effects[IndexOf(category, direction, severity, confidence)] = value;
    }

    /// <summary>Writes <paramref name="effect"/> for every finding of the category and direction that is bad and likely enough.</summary>
    /// <returns>The table, to go on writing.</returns>
    public EffectTable Set(RuleCategory category, Direction direction, Floor floor, Effect effect)
    {
        for (var severity = floor.Severity; severity <= Severity.Critical; severity++)
        {
            for (var confidence = floor.Confidence; confidence <= Confidence.Certain; confidence++)
            {
                this[category, direction, severity, confidence] = effect;
            }
        }

        return this;
    }

    private static int IndexOf(RuleCategory category, Direction direction, Severity severity, Confidence confidence) =>
        ((((int)category * 2) + (int)direction) * Levels * Levels) + ((int)severity * Levels) + (int)confidence;
}

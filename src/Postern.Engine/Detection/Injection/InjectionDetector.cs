using Postern.Engine.Detection.Rules;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Detection.Injection;

/// <summary>
/// Finds text written to take over the model, in what comes from the world. It reads folded views, and those that need no folding
/// because they are ASCII; the unfolded form of other text is left to its folded view.
/// </summary>
public sealed class InjectionDetector : IDetector
{
    private readonly RuleSet _rules;

    /// <summary>A detector over the injection rules of <paramref name="table"/>.</summary>
    public InjectionDetector(RuleTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        _rules = table.Injections;
    }

    /// <inheritdoc />
    public void Detect(scoped in View view, HitList hits)
    {
        ArgumentNullException.ThrowIfNull(hits);
        if (view.Direction == Direction.Inbound && (IsFolded(view.Chain) || System.Text.Ascii.IsValid(view.Bytes)))
        {
            _rules.Scan(view.Bytes, hits);
        }
    }

    private static bool IsFolded(ViewChain chain)
    {
        for (var i = 0; i < chain.Depth; i++)
        {
            if (chain[i] == Decoding.Fold)
            {
                return true;
            }
        }

        return false;
    }
}

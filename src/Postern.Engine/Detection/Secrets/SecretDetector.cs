using Postern.Engine.Detection.Rules;
using Postern.Engine.Views;

namespace Postern.Engine.Detection.Secrets;

/// <summary>Finds credentials and personal identifiers in every view, in both directions.</summary>
public sealed class SecretDetector : IDetector
{
    private readonly RuleSet _rules;

    /// <summary>A detector over the secret rules of <paramref name="table"/>.</summary>
    public SecretDetector(RuleTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        _rules = table.Secrets;
    }

    /// <inheritdoc />
    public void Detect(scoped in View view, HitList hits)
    {
        ArgumentNullException.ThrowIfNull(hits);
        if ((view.Shows & ViewShows.Values) != 0)
        {
            _rules.Scan(view.Bytes, hits);
        }
    }
}

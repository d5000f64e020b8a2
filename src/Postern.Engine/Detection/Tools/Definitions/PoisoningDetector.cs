using Postern.Engine.Detection.Injection;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Detection.Tools.Definitions;

/// <summary>Looks for wordings that no honest description of a tool has, in the views of a list of definitions.</summary>
internal sealed class PoisoningDetector(RuleTable table) : IDetector
{
    private readonly RuleSet _rules = table.Definitions;

    /// <inheritdoc/>
    public void Detect(scoped in View view, HitList hits)
    {
        if (view.Direction == Direction.Inbound && InjectionDetector.Reads(view))
        {
            _rules.Scan(view.Bytes, hits);
        }
    }
}

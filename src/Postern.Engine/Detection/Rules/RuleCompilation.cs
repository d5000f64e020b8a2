namespace Postern.Engine.Detection.Rules;

/// <summary>What became of a rule file: a table, or every reason why not.</summary>
/// <param name="Table">The compiled rules; null when there are errors.</param>
/// <param name="Errors">All errors in the order of the file; empty when there is a table.</param>
public sealed record RuleCompilation(RuleTable? Table, IReadOnlyList<RuleError> Errors);

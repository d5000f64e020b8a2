namespace Postern.Engine.Detection.Rules;

/// <summary>The rules about texts, by what is searched for.</summary>
internal readonly record struct RuleSets(RuleSet Secrets, RuleSet Injections, RuleSet Definitions);

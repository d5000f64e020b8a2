using Postern.Engine.Detection;

namespace Postern.Engine.Monitoring.Tools.Chains;

/// <summary>A chain as it is judged under one configuration.</summary>
/// <param name="Rule">What a finding reports.</param>
/// <param name="Matcher">What recognises it.</param>
internal sealed record Chain(Rule Rule, ChainMatcher Matcher);

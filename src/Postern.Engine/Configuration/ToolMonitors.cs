using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Patterns;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Monitoring;
using Postern.Engine.Monitoring.Tools;
using Postern.Engine.Monitoring.Tools.Budgets;
using Postern.Engine.Monitoring.Tools.Chains;

namespace Postern.Engine.Configuration;

/// <summary>The monitors of tool calls, as the configuration wants them.</summary>
internal static class ToolMonitors
{
    private const string ChainPrefix = "session.chain.";

    public static IEnumerable<IMonitor> Compile(PosternConfig config, RuleTable rules, List<string> errors)
    {
        var chains = ChainsOf(config.ToolChainDetection, rules, errors);
        if (config.ToolChainDetection.Enabled)
        {
            var section = config.ToolChainDetection;
            yield return new ToolChains(chains, new ChainBounds(section.WindowSize, section.WindowSeconds, section.MaxGap));
            if (section.DataFlow)
            {
                yield return new DataFlow();
            }
        }

        yield return new ToolBudgets(LimitsOf(config.Budget), ConfidenceOf(config.Budget.DowAction));
        if (config.Taint.Enabled)
        {
            yield return new ToolTaint(config.Taint.Policy, config.Taint.ExpiresMinutes);
        }
    }

    /// <summary>How calls are read.</summary>
    public static CallReader ReaderOf(PosternConfig config) => new()
    {
        Categories = [.. config.ToolChainDetection.ToolCategories.SelectMany(static entry => entry.Tools.Select(tool => (tool, CallWords.Category(entry.Category))))],
        ProtectedPaths = config.Taint.ProtectedPaths,
        ElevatedPaths = config.Taint.ElevatedPaths,
    };

    private static Chain[] ChainsOf(ToolChainDetectionSection section, RuleTable rules, List<string> errors)
    {
        var chains = new List<Chain>();
        foreach (var rule in rules.Chains)
        {
            var name = rule.Rule.Id[ChainPrefix.Length..];
            var action = section.PatternOverrides.FirstOrDefault(entry => entry.Name == name)?.Action ?? section.Action;
            chains.Add(new Chain(Acting(rule.Rule, action), (ChainMatcher)rule.Matcher));
        }

        foreach (var entry in section.PatternOverrides.Where(entry => !chains.Exists(chain => chain.Rule.Id == ChainPrefix + entry.Name)))
        {
            errors.Add($"tool_chain_detection.pattern_overrides: there is no chain '{entry.Name}'; 'postern rules list' shows them as {ChainPrefix}*");
        }

        foreach (var pattern in section.CustomPatterns)
        {
            var rule = new Rule(UserPattern.IdOf("session", pattern.Name), pattern.Name, RuleCategory.Session, pattern.Severity, Confidence.High, "Change the plan, or the pattern in tool_chain_detection.custom_patterns.");
            chains.Add(new Chain(Acting(rule, pattern.Action), new ChainMatcher([.. pattern.Sequence.Split(" > ").Select(CallWords.Category)])));
        }

        return [.. chains];
    }

    /// <summary>The judge weighs severity and confidence: an action is a wish for the cell it looks into.</summary>
    public static Rule Acting(Rule rule, ScanAction action) => action switch
    {
        ScanAction.BySeverity => rule,
        ScanAction.Warn => rule with { Confidence = Confidence.Low },
        ScanAction.Ask => rule with { Confidence = Confidence.Medium, Severity = rule.Severity < Severity.Medium ? Severity.Medium : rule.Severity },
        _ => rule with { Confidence = Confidence.High, Severity = rule.Severity < Severity.High ? Severity.High : rule.Severity },
    };

    /// <summary>How sure a finding is that is refused, asked about or recorded.</summary>
    public static Confidence ConfidenceOf(ScanAction action) => action switch
    {
        ScanAction.Warn => Confidence.Low,
        ScanAction.Ask => Confidence.Medium,
        _ => Confidence.High,
    };

    private static BudgetLimits LimitsOf(BudgetSection section) => new()
    {
        MaxCalls = section.MaxToolCallsPerSession,
        MaxRetriesPerTool = section.MaxRetriesPerTool,
        MaxRetriesPerServer = section.MaxRetriesPerEndpoint,
        LoopWindow = section.LoopDetectionWindow,
        MaxMinutes = section.MaxWallClockMinutes,
        MaxConcurrent = section.MaxConcurrentToolCalls,
        FanOut = section.FanOutLimit,
        FanOutSeconds = section.FanOutWindowSeconds,
    };
}

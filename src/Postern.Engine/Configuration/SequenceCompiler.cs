using System.Text;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Detection.Injection;
using Postern.Engine.Monitoring;
using Postern.Engine.Views;

namespace Postern.Engine.Configuration;

/// <summary>What looks at messages of one agent together.</summary>
internal static class SequenceCompiler
{
    /// <summary>The monitors that the configuration asks for.</summary>
    public static IEnumerable<IMonitor> Compile(PosternConfig config, IReadOnlyList<IDetector> detectors, List<string> errors)
    {
        var section = config.CrossRequestDetection;
        if (!section.Enabled)
        {
            return [];
        }

        if (!section.EntropyBudget.Enabled && !section.FragmentReassembly.Enabled)
        {
            errors.Add("cross_request_detection.enabled: neither fragment_reassembly nor entropy_budget is enabled, so nothing would be looked at");
        }

        var monitors = new List<IMonitor>();
        if (section.FragmentReassembly is { Enabled: true } fragments)
        {
            var rule = section.Action == PatternAction.Block ? SequenceRules.SplitSecret : SequenceRules.AsHint(SequenceRules.SplitSecret);
            IDetector[] ofSecrets = [.. detectors.Where(static detector => detector is not InjectionDetector)];
            monitors.Add(new Fragments(new FragmentJoin(ofSecrets, new ViewLimits(MaxDepth: config.Limits.MaxViewDepth, MaxCompactBytes: 0)), rule, fragments.WindowMinutes));
        }

        if (section.EntropyBudget is { Enabled: true } budget)
        {
            var rule = budget.Action == PatternAction.Block ? SequenceRules.EntropyBudget : SequenceRules.AsHint(SequenceRules.EntropyBudget);
            monitors.Add(new EntropyBudget(budget, rule, Exempt(budget, errors)));
        }

        return monitors;
    }

    /// <summary>Budgets are kept, and so exempted, by registrable domain: whoever owns it owns every name below.</summary>
    private static HashSet<string> Exempt(EntropyBudgetSection budget, List<string> errors)
    {
        var exempt = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in budget.ExemptDomains)
        {
            var name = entry.StartsWith("*.", StringComparison.Ordinal) ? entry[2..] : entry;
            if (!CanonicalHost.TryParse(Encoding.UTF8.GetBytes(name), out var host, out _) || !PublicSuffixes.RegistrableDomain(in host).SequenceEqual(host.Bytes))
            {
                errors.Add($"cross_request_detection.entropy_budget.exempt_domains: '{entry}' is not a whole registrable domain, and budgets are kept by those");
                continue;
            }

            exempt.Add(Encoding.ASCII.GetString(host.Bytes));
        }

        return exempt;
    }
}

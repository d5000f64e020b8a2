using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Obstacles;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Rules.Bundles;
using Postern.Engine.Media;
using Postern.Engine.Policy;

namespace Postern.Engine.Configuration;

/// <summary>
/// Everything by which an operator accepts findings: <c>suppress</c>, exempt domains, and switches that turn refusing into
/// recording for a part of a message. Core rules hold all the same.
/// </summary>
public static class SuppressionList
{
    /// <summary>What a secret in a request body stands in; a border joins two pieces of one.</summary>
    private static readonly string[] s_bodies = ["body*", "border"];

    internal static Suppression[] Compile(PosternConfig config, IReadOnlyList<RuleBundle> bundles, List<string> errors)
    {
        string[] own =
        [
            .. config.Dlp.Patterns.Select(PatternCompiler.IdOf),
            .. config.ResponseScanning.Patterns.Select(PatternCompiler.IdOf),
            .. bundles.SelectMany(static bundle => bundle.Table.Rules).Select(static rule => rule.Id),
        ];
        var list = new List<Suppression>();
        foreach (var entry in config.Suppress)
        {
            Check(entry, own, errors);
            Add(list, new Origin("suppress", entry.Rule, entry.Reason) { Destination = entry.Destination, Expires = EndOf(entry) }, entry.Path, errors);
        }

        foreach (var domain in config.ResponseScanning.ExemptDomains)
        {
            Add(list, new Origin("response_scanning.exempt_domains", "injection.*"), domain, errors);
        }

        foreach (var pattern in config.Dlp.Patterns)
        {
            foreach (var domain in pattern.ExemptDomains)
            {
                Add(list, new Origin("dlp.patterns.exempt_domains", PatternCompiler.IdOf(pattern)) { Within = "url." }, domain, errors);
            }
        }

        AddSwitches(list, config.RequestBodyScanning);
        return [.. list];
    }

    /// <summary>The entries of <c>suppress</c> that cover nothing any more, each as a sentence for the operator; empty when there is none.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="now">What time it is.</param>
    public static IReadOnlyList<string> Expired(PosternConfig config, DateTimeOffset now) =>
    [
        .. config.Suppress.Where(entry => EndOf(entry) <= now).Select(static entry =>
            $"suppress: '{entry.Rule}' at '{entry.Path}' was accepted until {entry.Expires} and counts again; remove the entry, or give it a later date"),
    ];

    private static DateTimeOffset EndOf(SuppressEntry entry) => DateOnly.TryParseExact(entry.Expires, "yyyy-MM-dd", out var last)
        ? new DateTimeOffset(last.AddDays(1), default, TimeSpan.Zero)
        : DateTimeOffset.MaxValue;

    private static void AddSwitches(List<Suppression> list, RequestBodyScanningSection section)
    {
        if (!section.Enabled || section.Action == ScanAction.Warn)
        {
            var reason = section.Enabled ? "request_body_scanning.action" : "request_body_scanning.enabled";
            list.AddRange(s_bodies.Select(body => new Suppression("secret.*", body, reason)));
        }

        if (section.Action == ScanAction.Warn)
        {
            list.Add(new Suppression("secret.*", "header:*", "request_body_scanning.action"));
        }
    }

    private static void Add(List<Suppression> list, Origin origin, string path, List<string> errors)
    {
        if (PlacePattern.TryParse(path, out _, out var problem))
        {
            list.Add(new Suppression(origin.Rule, path, origin.Reason) { Within = origin.Within, Destination = origin.Destination, Expires = origin.Expires });
        }
        else
        {
            errors.Add($"{origin.Key}: '{path}' {problem}");
        }
    }

    /// <summary>A suppression without effect is an error: whoever wrote it believes that the finding is accepted.</summary>
    private static void Check(SuppressEntry entry, string[] own, List<string> errors)
    {
        if (own.Any(id => Wildcard.IsMatch(entry.Rule, id)))
        {
            return;
        }

        var named = RuleCatalogue.All.Concat(ShortfallRules.All).Concat(CodedRules.All).Concat(MediaRules.All).Where(rule => Wildcard.IsMatch(entry.Rule, rule.Id)).ToArray();
        if (named.Length == 0)
        {
            errors.Add($"suppress: no rule about content is called '{entry.Rule}'; 'postern rules list' shows them");
        }
        else if (Array.TrueForAll(named, static rule => rule.Core))
        {
            errors.Add($"suppress: '{entry.Rule}' belongs to the core floor, which no configuration removes");
        }
    }

    /// <summary>Where a suppression comes from, and what it speaks of.</summary>
    private sealed record Origin(string Key, string Rule, string? Why = null)
    {
        public string Reason => string.IsNullOrEmpty(Why) ? Key : Why;

        public string Within { get; init; } = string.Empty;

        public string Destination { get; init; } = string.Empty;

        public DateTimeOffset Expires { get; init; } = DateTimeOffset.MaxValue;
    }
}

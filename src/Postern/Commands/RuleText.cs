using System.Text.Json;
using Postern.Engine.Detection;
using Postern.Engine.Policy;

namespace Postern.Program.Commands;

/// <summary>A rule in plain words, and as JSON.</summary>
internal static class RuleText
{
    /// <summary>Everything that a verdict can name but patterns of the configuration, sorted by id.</summary>
    public static IEnumerable<Rule> Known(PolicySnapshot policy) =>
        KnownRules.All.Concat(policy.Policy.Bundles.SelectMany(static bundle => bundle.Table.Rules)).OrderBy(static rule => rule.Id, StringComparer.Ordinal);

    /// <summary>The rule with this id.</summary>
    /// <exception cref="ConfigException">There is none; the message says which is near.</exception>
    public static Rule Require(string id, PolicySnapshot policy)
    {
        if (Known(policy).FirstOrDefault(known => known.Id == id) is { } rule)
        {
            return rule;
        }

        var nearest = Spelling.Nearest(id, Known(policy).Select(static known => known.Id));
        throw new ConfigException($"there is no rule '{Terminal.Plain(id)}'" + (nearest is null ? "; 'postern rules list' has them all" : $"; did you mean '{nearest}'?"));
    }

    /// <summary>The suppressions in force that speak of the rule.</summary>
    public static Suppression[] AcceptedOf(Rule rule, PolicySnapshot policy) => Array.FindAll(policy.Policy.Suppressions, suppression => suppression.Names(rule));

    /// <summary>Writes the members that every listing of rules has, and how many suppressions in force speak of the rule.</summary>
    public static void WriteJson(Utf8JsonWriter writer, Rule rule, PolicySnapshot policy)
    {
        WriteJson(writer, rule);
        writer.WriteNumber("suppressions", AcceptedOf(rule, policy).Length);
    }

    public static void WriteJson(Utf8JsonWriter writer, Rule rule)
    {
        writer.WriteString("id", rule.Id);
        writer.WriteString("title", rule.Title);
        writer.WriteString("category", VerdictNames.Of(rule.Category));
        writer.WriteString("severity", VerdictNames.Of(rule.Severity));
        writer.WriteString("confidence", VerdictNames.Of(rule.Confidence));
        writer.WriteBoolean("core", rule.Core);
        writer.WriteString("remedy", rule.Remedy);
        writer.WriteTexts("homes", rule.Homes);
    }

    /// <summary>Prints a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="asJson">True for JSON.</param>
    /// <param name="accepted">What the configuration accepts of it.</param>
    /// <param name="bundle">Where it comes from, as <c>rules.bundles</c> pins it; null for a built-in rule.</param>
    public static void Print(Rule rule, bool asJson, Suppression[] accepted, string? bundle = null)
    {
        if (asJson)
        {
            Json.PrintObject(writer =>
            {
                WriteJson(writer, rule);
                writer.WriteArray("suppressed", accepted, WriteJson);
            });
            return;
        }

        Console.Out.WriteLine($"{rule.Id}: {rule.Title}");
        Console.Out.WriteLine("  " + Guards(rule.Category));
        Console.Out.WriteLine($"  severity:   {VerdictNames.Of(rule.Severity)}");
        Console.Out.WriteLine($"  confidence: {VerdictNames.Of(rule.Confidence)}");
        Console.Out.WriteLine($"  remedy:     {rule.Remedy}");
        if (bundle is not null)
        {
            Console.Out.WriteLine($"  from:       {bundle}");
        }

        if (rule.Homes.Count > 0)
        {
            Console.Out.WriteLine($"  at home:    at {string.Join(", ", rule.Homes)} (a host alone: in credential headers)");
        }

        foreach (var entry in accepted)
        {
            Console.Out.WriteLine($"  accepted:   {Terminal.Plain(Where(entry))}: {Terminal.Plain(entry.Reason)}");
        }

        Console.Out.WriteLine(rule.Core
            ? "  core:       no configuration removes or suppresses it"
            : "  to accept:  an entry in 'suppress' with a path and a reason ('postern config explain suppress')");
    }

    private static void WriteJson(Utf8JsonWriter writer, Suppression entry)
    {
        writer.WriteString("rule", entry.Rule);
        writer.WriteString("path", entry.Path);
        writer.WriteString("destination", entry.Destination);
        writer.WriteString("expires", LastDay(entry));
        writer.WriteString("reason", entry.Reason);
    }

    private static string Where(Suppression entry) => entry.Path
        + (entry.Destination.Length == 0 ? "" : " to or from " + entry.Destination)
        + (LastDay(entry).Length == 0 ? "" : " until " + LastDay(entry));

    /// <summary>As it was written; it ends with the day.</summary>
    private static string LastDay(Suppression entry) => entry.Expires == DateTimeOffset.MaxValue ? ""
        : entry.Expires.AddDays(-1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string Guards(RuleCategory category) => category switch
    {
        RuleCategory.Secret => "A credential or personal identifier that must not leave.",
        RuleCategory.Injection => "Text written to take over the model that reads it.",
        RuleCategory.Destination => "A place the agent must not reach, or a URL that may not mean what it seems to.",
        RuleCategory.Protocol => "A message that two parties could read differently.",
        RuleCategory.Uninspectable => "Something that could not be inspected, and so is not passed on.",
        RuleCategory.Budget => "Too much, too fast.",
        RuleCategory.Media => "Media that the policy does not let pass, or not as they are.",
        RuleCategory.Tool => "A call of a tool that would do harm, or a tool that is not what it was.",
        RuleCategory.Session => "What a conversation does as a whole: calls that are harmless alone.",
        RuleCategory.Operation => "Postern itself could not do its work; nothing passes unseen.",
        _ => throw new ArgumentOutOfRangeException(nameof(category)),
    };
}

using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Injection;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Rules.Compiling;
using Postern.Engine.Detection.Secrets;
using Postern.Engine.Flow;
using Postern.Engine.Policy;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Detection.Rules;

public sealed class RuleCatalogueTests
{
    /// <summary>The floor that no configuration removes; a change here is a change of protection.</summary>
    private static readonly string[] s_coreIds =
    [
        "injection.action.covert", "injection.action.credential-path", "injection.action.credential-solicitation", "injection.action.hidden",
        "injection.boundary.control-token", "injection.override.instructions", "injection.override.role",
        "secret.aws.access-key-id", "secret.aws.secret-key", "secret.github.fine-grained-token", "secret.github.token",
        "secret.gitlab.personal-token", "secret.google.service-account-key", "secret.pem.private-key", "secret.slack.token",
    ];

    /// <summary>Rules that look for texts; those about calls of tools have a test of their own.</summary>
    public static TheoryData<string> TextIds => [.. RuleFiles.All.Where(s => s.Rule.Rule.Category is not (RuleCategory.Tool or RuleCategory.Session)).Select(s => s.Rule.Rule.Id)];

    public static TheoryData<string> Ids => [.. RuleFiles.All.Select(s => s.Rule.Rule.Id)];

    [Theory]
    [MemberData(nameof(TextIds))]
    public void Every_example_matches_in_every_host_syntax(string id)
    {
        var source = RuleFiles.Find(id);
        var syntaxes = source.Rule.Rule.Category == RuleCategory.Secret ? HostSyntax.ForSecrets : HostSyntax.ForInjections;
        var missed = source.Examples
            .SelectMany((example, i) => syntaxes.Where(s => !s.Write(example).Any(text => Finds(source, text))).Select(s => $"example {i + 1} in {s.Name}"))
            .ToArray();
        Assert.Empty(missed);
    }

    [Theory]
    [MemberData(nameof(TextIds))]
    public void No_counter_example_matches_its_rule(string id)
    {
        var source = RuleFiles.Find(id);
        Assert.NotEmpty(source.CounterExamples);
        Assert.DoesNotContain(source.CounterExamples, text => HitIds(text).Contains(id));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_rule_documents_itself(string id)
    {
        var rule = RuleFiles.Find(id).Rule.Rule;
        Assert.StartsWith(VerdictNames.Of(rule.Category) + ".", id, StringComparison.Ordinal);
        Assert.InRange(rule.Title.Length, 5, 80);
        Assert.InRange(rule.Remedy.Length, 10, 200);
        Assert.EndsWith(".", rule.Remedy, StringComparison.Ordinal);
        Assert.NotEqual(Confidence.Certain, rule.Confidence);
    }

    [Fact]
    public void Ids_are_unique_and_the_embedded_table_holds_exactly_the_files()
    {
        var ids = RuleFiles.All.Select(s => s.Rule.Rule.Id).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(ids.Order(StringComparer.Ordinal), RuleTable.Load().Rules.Select(r => r.Id).Order(StringComparer.Ordinal));
        Assert.Equal(ids.Length + 2, RuleCatalogue.All.Count);
    }

    [Fact]
    public void The_embedded_table_carries_the_rules_as_written()
    {
        var written = RuleFiles.All.Select(s => s.Rule.Rule).ToDictionary(r => r.Id);
        Assert.All(RuleTable.Load().Rules, r =>
        {
            Assert.Equal(written[r.Id] with { Homes = r.Homes }, r);
            Assert.Equal(written[r.Id].Homes, r.Homes);
        });
    }

    /// <summary>Rules that differ in nothing but their id and the vendor's word count once.</summary>
    [Fact]
    public void There_are_at_least_500_secret_rules_that_recognise_different_things()
    {
        var machines = RuleFiles.All.Where(s => s.Rule.Rule.Category == RuleCategory.Secret).Select(Machine).Distinct(StringComparer.Ordinal);
        Assert.InRange(machines.Count(), 500, int.MaxValue);
    }

    [Fact]
    public void The_core_floor_is_what_it_was() =>
        Assert.Equal(s_coreIds, RuleCatalogue.All.Where(r => r.Core).Select(r => r.Id));

    [Fact]
    public void A_rule_is_found_by_its_id()
    {
        Assert.Equal("secret.github.token", RuleCatalogue.Find("secret.github.token")?.Id);
        Assert.Null(RuleCatalogue.Find("secret.nobody.token"));
    }

    /// <summary>What a rule recognises, as the table holds it; of a keyed or assigned value without the words in front of it.</summary>
    private static string Machine(RuleSource source)
    {
        var matcher = source.Rule.Matcher;
        using var machine = new MemoryStream();
        using var words = new MemoryStream();
        matcher.Write(new BinaryWriter(machine));
        if (matcher.Kind is MatcherKind.Keyed or MatcherKind.Assignment)
        {
            new BinaryWriter(words).WriteStrings(matcher.Literals.ToArray().Select(l => l.Bytes).ToArray());
        }

        return Convert.ToHexString(machine.ToArray().AsSpan((int)words.Length + 1)) + (words.Length > 0 ? matcher.Kind.ToString() : "");
    }

    /// <summary>A value that several rules know may be reported by the more specific one in place of a generic one.</summary>
    private static bool Finds(RuleSource source, string text)
    {
        var ids = HitIds(text);
        return ids.Contains(source.Rule.Rule.Id) || (source.Rule.Matcher.Kind == MatcherKind.Assignment && ids.Count > 0);
    }

    private static HashSet<string> HitIds(string text)
    {
        var hits = new HitList();
        var bytes = Encoding.UTF8.GetBytes(text);
        new SecretDetector(RuleCatalogue.Table).Detect(new View(bytes, ViewChain.Raw, PartKind.Body, Direction.Outbound), hits);
        new InjectionDetector(RuleCatalogue.Table).Detect(
            new View(Encoding.UTF8.GetBytes(UnicodeFold.Fold(text)), ViewChain.Raw.Then(Decoding.Fold), PartKind.Body, Direction.Inbound), hits);
        return [.. Enumerable.Range(0, hits.Count).Select(i => hits[i].Rule.Id)];
    }
}

using System.Globalization;
using Postern.Engine.Configuration;
using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Tests.Configuration;

/// <summary>What holds for every key of the vocabulary.</summary>
public sealed class ConfigKeyTests
{
    public static TheoryData<string> Keys => [.. ConfigKeys.All.Select(key => key.Path)];

    public static TheoryData<string> Numbers => [.. ConfigKeys.All.Where(key => key.Setting.Kind is WholeKind or RatioKind).Select(key => key.Path)];

    public static TheoryData<string> Optional => [.. ConfigKeys.All.Where(key => !key.Setting.IsRequired).Select(key => key.Path)];

    [Theory]
    [MemberData(nameof(Optional))]
    public void A_key_without_a_value_means_its_default(string key)
    {
        var (config, issues) = Bound.Try(KeyYaml.Set(key, ""));

        Assert.Empty(issues);
        var expected = Bound.Whole(KeyYaml.Set(key, "").Replace($"{key.Split('.')[^1]}: \n", "\n", StringComparison.Ordinal) + "\nversion: 1\n");
        Assert.Empty(ConfigDiff.Compare(config, expected));
    }

    [Theory]
    [InlineData("dlp.patterns[].name")]
    [InlineData("dlp.patterns[].regex")]
    [InlineData("response_scanning.patterns[].name")]
    [InlineData("response_scanning.patterns[].regex")]
    [InlineData("suppress[].rule")]
    [InlineData("suppress[].path")]
    public void An_item_without_a_required_key_is_an_error(string key)
    {
        var issue = Assert.Single(Bound.Try(KeyYaml.Set(key, "~")).Issues);

        Assert.Equal(key.Replace("[]", "[0]", StringComparison.Ordinal), issue.Key);
        Assert.Contains("missing", issue.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_value_of_another_type_is_an_error_where_it_stands(string key)
    {
        var kind = ConfigKeys.Find(key)!.Setting.Kind;
        var isContainer = kind is SectionKind or OverridesKind or ItemsKind or TextsKind or SecretsKind or PortsKind or WordsKind;
        var yaml = KeyYaml.Set(key, isContainer ? "word" : "[word]");

        var issue = Assert.Single(Bound.Try(yaml).Issues);

        var last = yaml.TrimEnd('\n').Split('\n')[^1];
        Assert.Equal((key.Replace("[]", "[0]", StringComparison.Ordinal), yaml.Count(c => c == '\n')), (issue.Key, issue.Line));
        Assert.Equal(last.IndexOf(isContainer ? "word" : "[", StringComparison.Ordinal) + 1, issue.Column);
        Assert.Contains("expected", issue.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_mapping_where_a_value_belongs_is_an_error(string key)
    {
        var kind = ConfigKeys.Find(key)!.Setting.Kind;
        var value = kind is SectionKind or OverridesKind ? "[]" : "{ word: 1 }";
        Assert.Equal(key.Replace("[]", "[0]", StringComparison.Ordinal), Assert.Single(Bound.Try(KeyYaml.Set(key, value)).Issues).Key);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void An_unknown_sibling_names_the_nearest_key(string key)
    {
        var name = key.Split('.')[^1];
        var example = ConfigExplain.Find(key)!.Example;
        var misspelled = name[..^1] + "q" + name[^1];
        var yaml = KeyYaml.Set(key, "~").Replace($"{name}: ~", $"{misspelled}: 1", StringComparison.Ordinal);

        var issue = Assert.Single(Bound.Try(yaml).Issues, issue => issue.Message.StartsWith("unknown", StringComparison.Ordinal));

        Assert.Contains($"did you mean '{name}'?", issue.Message, StringComparison.Ordinal);
        Assert.EndsWith(misspelled, issue.Key, StringComparison.Ordinal);
        Assert.NotEmpty(example);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_key_given_twice_is_an_error(string key)
    {
        var name = key.Split('.')[^1];
        var result = ConfigReader.Read(KeyYaml.Set(key, "~", $"{name}: ~"), "test.yaml");

        Assert.Null(result.Config);
        Assert.Contains(result.Errors, error => error.Message.Contains($"'{name}' is given twice", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_number_is_accepted_at_its_bounds_and_refused_beyond(string key)
    {
        var kind = ConfigKeys.Find(key)!.Setting.Kind;
        var words = kind.Range.Split(' ', ',', ';');
        var (min, max) = (decimal.Parse(words[0], CultureInfo.InvariantCulture), decimal.Parse(words[2], CultureInfo.InvariantCulture));
        var step = kind is RatioKind ? 0.0001m : 1;
        var zero = kind.Range.Contains("0 = ", StringComparison.Ordinal);

        Assert.All([min, max, (min + max) / 2 is var middle && kind is WholeKind ? decimal.Floor(middle) : min], number => Assert.Empty(Issues(number)));
        Assert.All([max + step, -1, zero ? -step : 0], number => Assert.Contains("must be", Assert.Single(Issues(number)).Message, StringComparison.Ordinal));
        Assert.Equal(zero, Issues(0).Count == 0);

        IReadOnlyList<ConfigIssue> Issues(decimal number) => Bound.Try(KeyYaml.Set(key, number.ToString(CultureInfo.InvariantCulture))).Issues;
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void The_example_is_accepted(string key)
    {
        var example = ConfigExplain.Find(key)!.Example;
        var (_, issues) = Bound.Try(example.Replace("(at least 16 random characters)", "0123456789abcdef", StringComparison.Ordinal));
        Assert.DoesNotContain(issues, issue => !issue.Message.StartsWith("is missing", StringComparison.Ordinal));
    }

    public static TheoryData<string, string, string> Shown =>
    [
        .. SettingChanges.Table
            .Where(row => !row.Key.Contains("[]", StringComparison.Ordinal) && ConfigKeys.Find(row.Key)!.Setting.Kind is not ItemsKind and not { IsSecret: true })
            .Select(row => (row.Key, row.Before, row.After)),
    ];

    [Theory]
    [MemberData(nameof(Shown))]
    public void A_value_that_is_shown_can_be_read_again(string key, string before, string after)
    {
        var once = SettingChanges.Bind(key, after);
        var shown = Assert.Single(ConfigDiff.Compare(SettingChanges.Bind(key, before), once)).After;
        Assert.Empty(ConfigDiff.Compare(once, SettingChanges.Bind(key, shown)));
    }
}

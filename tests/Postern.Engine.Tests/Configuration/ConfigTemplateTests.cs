using Postern.Engine.Configuration;
using Postern.Engine.Policy;

namespace Postern.Engine.Tests.Configuration;

public sealed class ConfigTemplateTests
{
    public static TheoryData<string> Presets => [.. ConfigTemplate.Presets];

    [Theory]
    [MemberData(nameof(Presets))]
    public void Every_preset_is_accepted_and_commented(string preset)
    {
        var yaml = ConfigTemplate.Generate(preset)!;
        var result = ConfigReader.Read(yaml, preset);

        Assert.Empty(result.Errors);
        Assert.StartsWith($"# Postern, preset {preset}: ", yaml, StringComparison.Ordinal);
        Assert.True(yaml.Split('\n').Count(line => line.TrimStart().StartsWith('#')) >= 3);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void No_preset_warns_except_the_one_that_observes(string preset) =>
        Assert.Equal(preset == "audit" ? ["enforce"] : [], ConfigReader.Read(ConfigTemplate.Generate(preset)!, preset).Warnings.Select(warning => warning.Key));

    [Theory]
    [InlineData("balanced", Mode.Balanced, true)]
    [InlineData("strict", Mode.Strict, true)]
    [InlineData("audit", Mode.Audit, false)]
    [InlineData("claude-code", Mode.Balanced, true)]
    [InlineData("cursor", Mode.Balanced, true)]
    [InlineData("generic-agent", Mode.Balanced, true)]
    [InlineData("hostile-model", Mode.Strict, true)]
    public void A_preset_has_the_mode_its_name_promises(string preset, Mode mode, bool enforce)
    {
        var config = Load(preset);
        Assert.Equal((mode, enforce), (config.Mode, config.Enforce));
    }

    [Fact]
    public void The_balanced_preset_is_the_defaults() => Assert.Empty(ConfigDiff.Compare(PosternConfig.Default, Load("balanced")));

    [Theory]
    [InlineData("strict")]
    [InlineData("hostile-model")]
    public void A_stricter_preset_weakens_nothing_but_the_list_of_what_may_be_reached(string preset) =>
        Assert.Equal(["api_allowlist"], ConfigDiff.Weakenings(PosternConfig.Default, Load(preset)).Select(change => change.Key));

    [Fact]
    public void A_hostile_model_gets_no_more_than_a_strict_agent() =>
        Assert.DoesNotContain(
            ConfigDiff.Weakenings(Load("strict"), Load("hostile-model")),
            change => change.Key is not "api_allowlist");

    [Fact]
    public void An_unknown_preset_is_null() => Assert.Null(ConfigTemplate.Generate("../balanced"));

    private static PosternConfig Load(string preset) => ConfigReader.Read(ConfigTemplate.Generate(preset)!, preset).Config!;
}

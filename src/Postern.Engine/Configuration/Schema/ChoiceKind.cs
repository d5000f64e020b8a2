using Postern.Engine.Yaml;

namespace Postern.Engine.Configuration.Schema;

/// <summary>One of a few words, strongest protection first.</summary>
internal sealed class ChoiceKind(params Choice[] choices) : SettingKind
{
    /// <summary>Words of related products and of later versions, which this one does not have.</summary>
    public string[] NotBuilt { get; init; } = [];

    public override string Name => "one of";

    public override string Range => string.Join(", ", choices.Select(choice => choice.Name));

    public override object? Read(YamlNode node, BindScope scope)
    {
        if (node.Kind != YamlKind.Scalar)
        {
            return scope.Fail(node, $"expected one of: {Range}");
        }

        if (Array.Find(choices, choice => choice.Name == node.Text) is { } found)
        {
            return found.Value;
        }

        if (Array.Find(NotBuilt, word => word == node.Text) is { } later)
        {
            return scope.Fail(node, $"{later} is not built yet; use {string.Join(", ", choices[..^1].Select(choice => choice.Name))} or {choices[^1].Name}");
        }

        var hint = Nearest.Find(node.Text, choices.Select(choice => choice.Name)) is { } nearest ? $"; did you mean '{nearest}'?" : "";
        return scope.Fail(node, $"must be one of: {Range}{hint}");
    }

    public override string Show(object value) => choices[(int)Rank(value)].Name;

    public override double Rank(object value) => Array.FindIndex(choices, choice => choice.Value.Equals(value));

    public override string Describe(Weakens weakens) => weakens == Weakens.WhenRaised
        ? "choosing a later one of the list weakens protection"
        : base.Describe(weakens);
}

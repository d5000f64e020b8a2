using Postern.Engine.Yaml;

namespace Postern.Engine.Configuration.Schema;

/// <summary>One of a few words, strongest protection first.</summary>
internal sealed class ChoiceKind(params Choice[] choices) : SettingKind
{
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

        var hint = Nearest.Find(node.Text, choices.Select(choice => choice.Name)) is { } nearest ? $"; did you mean '{nearest}'?" : "";
        return scope.Fail(node, $"must be one of: {Range}{hint}");
    }

    public override string Show(object value) => choices[(int)Rank(value)].Name;

    public override double Rank(object value) => Array.FindIndex(choices, choice => choice.Value.Equals(value));

    public override string Describe(Weakens weakens) => weakens == Weakens.WhenRaised
        ? "choosing a later one of the list weakens protection"
        : base.Describe(weakens);
}

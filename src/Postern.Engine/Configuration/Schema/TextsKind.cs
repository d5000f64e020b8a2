using System.Text;
using Postern.Engine.Yaml;

namespace Postern.Engine.Configuration.Schema;

/// <summary>A list of texts of one format, where order and repetition mean nothing.</summary>
internal sealed class TextsKind(TextFormat format) : SettingKind
{
    public override string Name => $"list ({format.Name})";

    public override string Example => $"[{JsonText.Quote(format.Example)}]";

    public override object? Read(YamlNode node, BindScope scope)
    {
        if (node.Kind != YamlKind.Sequence)
        {
            return scope.Fail(node, $"expected a list, for example {Example}");
        }

        var texts = new List<string>(node.Items.Count);
        var isComplete = true;
        for (var i = 0; i < node.Items.Count; i++)
        {
            var text = TextKind.ReadText(node.Items[i], scope.At(i), format);
            isComplete &= text is not null;
            if (text is not null && !texts.Contains(text))
            {
                texts.Add(text);
            }
        }

        return isComplete ? texts.ToArray() : null;
    }

    public override string Show(object value) => $"[{string.Join(", ", Texts(value).Select(JsonText.Quote))}]";

    public override void WriteCanonical(object value, StringBuilder json) =>
        json.Append('[').AppendJoin(',', Texts(value).Order(StringComparer.Ordinal).Select(JsonText.Quote)).Append(']');

    public override bool Covers(object wide, object narrow) =>
        Texts(narrow).All(inner => Texts(wide).Any(outer => format.Covers(outer, inner)));

    private static IReadOnlyList<string> Texts(object value) => (IReadOnlyList<string>)value;
}

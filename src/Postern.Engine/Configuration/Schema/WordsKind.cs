using System.Text;
using Postern.Engine.Yaml;

namespace Postern.Engine.Configuration.Schema;

/// <summary>A program and its arguments: a list where order and repetition count.</summary>
internal sealed class WordsKind : SettingKind
{
    private const int MaxCharacters = 4096;

    public override string Name => "program and arguments";

    public override string Example => "[\"/usr/local/bin/answer\", \"--short\"]";

    public override object? Read(YamlNode node, BindScope scope)
    {
        if (node.Kind != YamlKind.Sequence || node.Items.Count == 0)
        {
            return scope.Fail(node, $"expected a list, for example {Example}");
        }

        var words = new List<string>(node.Items.Count);
        foreach (var item in node.Items)
        {
            if (item.Kind != YamlKind.Scalar || item.Text.Length > MaxCharacters || item.Text.Any(char.IsControl))
            {
                return scope.Fail(item, $"expected a text of at most {MaxCharacters} characters without control characters");
            }

            words.Add(item.Text);
        }

        return System.IO.Path.IsPathRooted(words[0]) ? words.ToArray() : scope.Fail(node.Items[0], "the program must be an absolute path: the agent may influence what a search would find");
    }

    public override string Show(object value) => $"[{string.Join(", ", Words(value).Select(JsonText.Quote))}]";

    public override void WriteCanonical(object value, StringBuilder json) => json.Append('[').AppendJoin(',', Words(value).Select(JsonText.Quote)).Append(']');

    public override bool IsUnset(object value) => Words(value).Count == 0;

    private static IReadOnlyList<string> Words(object value) => (IReadOnlyList<string>)value;
}

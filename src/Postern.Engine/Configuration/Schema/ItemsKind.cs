using System.Text;
using Postern.Engine.Yaml;

namespace Postern.Engine.Configuration.Schema;

/// <summary>A list of sections, each with a name of its own; order means nothing.</summary>
/// <param name="schema">The keys of an item, asked for late.</param>
/// <param name="toList">Gives the list its element type.</param>
internal sealed class ItemsKind(Func<SectionSchema> schema, Func<object[], object> toList) : SettingKind
{
    public override string Name => "list of sections";

    public SectionSchema Schema => schema();

    public override object? Read(YamlNode node, BindScope scope)
    {
        if (node.Kind != YamlKind.Sequence)
        {
            return scope.Fail(node, "expected a list of sections: lines that begin with '- '");
        }

        var items = new object[node.Items.Count];
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var isComplete = true;
        for (var i = 0; i < items.Length; i++)
        {
            var inner = scope.At(i);
            if (node.Items[i].Kind != YamlKind.Mapping)
            {
                inner.Fail(node.Items[i], "expected a section with keys");
                isComplete = false;
                continue;
            }

            items[i] = Schema.Bind(node.Items[i], inner);
            var identity = Identity(items[i]);
            if (identity.Length > 0 && !names.Add(identity))
            {
                inner.Fail(node.Items[i], "an earlier entry has the same name");
            }
        }

        return isComplete ? toList(items) : null;
    }

    public override string Describe(Weakens weakens) => weakens == Weakens.WhenChanged ? "adding and removing entries weaken protection" : base.Describe(weakens);

    public override string Show(object value) => $"[{string.Join(", ", Items(value).Select(Identity))}]";

    public override void WriteCanonical(object value, StringBuilder json)
    {
        json.Append('[');
        var written = 0;
        foreach (var item in Items(value).OrderBy(Identity, StringComparer.OrdinalIgnoreCase))
        {
            json.Append(written++ > 0 ? "," : "");
            CanonicalSection.Write(Schema, item, json);
        }

        json.Append(']');
    }

    /// <summary>What names an item within its list.</summary>
    public string Identity(object item) => string.Join(' ', Schema.Settings.Take(Schema.IdentityKeys).Select(setting => (string)setting.Get(item)));

    public static IReadOnlyList<object> Items(object value) => (IReadOnlyList<object>)value;

    /// <summary>The list with every item changed.</summary>
    public object Select(object value, Func<object, object> change) => toList([.. Items(value).Select(change)]);
}

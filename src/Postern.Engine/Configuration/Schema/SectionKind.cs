using System.Text;
using Postern.Engine.Yaml;

namespace Postern.Engine.Configuration.Schema;

/// <summary>A section inside a section. The schema is asked for late: a section that no file names costs nothing.</summary>
internal sealed class SectionKind(Func<SectionSchema> schema) : SettingKind
{
    public override string Name => "section";

    public SectionSchema Schema => schema();

    public override object? Read(YamlNode node, BindScope scope) => node.Kind == YamlKind.Mapping
        ? Schema.Bind(node, scope)
        : scope.Fail(node, "expected a section: indented keys below it");

    public override string Show(object value)
    {
        var shown = Schema.Settings.Select(setting => $"{setting.Key}: {setting.Kind.Show(setting.Get(value))}");
        return $"{{ {string.Join(", ", shown)} }}";
    }

    public override void WriteCanonical(object value, StringBuilder json) => CanonicalSection.Write(Schema, value, json);
}

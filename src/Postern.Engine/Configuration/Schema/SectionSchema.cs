using Postern.Engine.Yaml;

namespace Postern.Engine.Configuration.Schema;

/// <summary>The keys of one section, and how a mapping becomes its record.</summary>
/// <param name="doc">What the section is for.</param>
/// <param name="settings">The keys, in the order the reference page shows them.</param>
internal sealed class SectionSchema(string doc, params Setting[] settings)
{
    public string Doc { get; } = doc;

    public IReadOnlyList<Setting> Settings { get; } = settings;

    /// <summary>How many of the first keys together name an item of a list of such sections.</summary>
    public int IdentityKeys { get; init; } = 1;

    /// <summary>The record with its defaults.</summary>
    public object Create() => settings[0].NewSection();

    public Setting? Find(string key) => Array.Find(settings, setting => setting.Key == key);

    /// <summary>Reads a mapping over the defaults. Issues go to the scope; what could be read is in the result.</summary>
    public object Bind(YamlNode mapping, BindScope scope)
    {
        var section = Create();
        foreach (var entry in mapping.Entries)
        {
            var (key, node) = (entry.Key, entry.Value);
            var inner = scope.Under(key.Text);
            if (Find(key.Text) is not { } setting)
            {
                scope.Log.Add(key, scope.Under(PrintableText.Of(key.Text)).Path, UnknownKey.Explain(this, scope.Path, key.Text));
            }
            else if (!node.IsNull && setting.Kind.Read(node, inner) is { } value)
            {
                section = setting.Set(section, value);
            }
        }

        RequireKeys(mapping, scope);
        return section;
    }

    private void RequireKeys(YamlNode mapping, BindScope scope)
    {
        foreach (var setting in settings)
        {
            if (setting.IsRequired && mapping.Find(setting.Key) is null or { IsNull: true })
            {
                scope.Under(setting.Key).Fail(mapping, "is missing here, and has no default");
            }
        }
    }
}

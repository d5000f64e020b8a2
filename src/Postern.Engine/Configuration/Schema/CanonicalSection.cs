using System.Text;

namespace Postern.Engine.Configuration.Schema;

/// <summary>A section as canonical JSON: keys sorted, defaults resolved, secrets and settings outside the policy left out.</summary>
internal static class CanonicalSection
{
    public static void Write(SectionSchema schema, object section, StringBuilder json)
    {
        json.Append('{');
        var written = 0;
        foreach (var setting in schema.Settings.Where(setting => !setting.IsOutsidePolicy && !setting.Kind.IsSecret).OrderBy(setting => setting.Key, StringComparer.Ordinal))
        {
            json.Append(written++ > 0 ? "," : "");
            JsonText.Write(setting.Key, json);
            json.Append(':');
            setting.Kind.WriteCanonical(setting.Get(section), json);
        }

        json.Append('}');
    }
}

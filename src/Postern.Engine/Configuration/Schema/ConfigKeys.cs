namespace Postern.Engine.Configuration.Schema;

/// <summary>Every key of the vocabulary, walked once. For documentation, explanations and hints; binding never comes here.</summary>
internal static class ConfigKeys
{
    public static IReadOnlyList<ConfigKey> All => field ??= [.. Walk("", PosternConfig.Schema, PosternConfig.Default)];

    /// <summary>Finds a key by its path; an index such as <c>[3]</c> stands for any item.</summary>
    public static ConfigKey? Find(string path) => All.FirstOrDefault(key => key.Path == path);

    private static IEnumerable<ConfigKey> Walk(string parent, SectionSchema schema, object section)
    {
        foreach (var setting in schema.Settings)
        {
            var key = new ConfigKey(parent, setting, section);
            yield return key;
            var inner = setting.Kind switch
            {
                SectionKind nested => Walk(key.Path, nested.Schema, setting.Get(section)),
                ItemsKind items => Walk(key.Path + "[]", items.Schema, items.Schema.Create()),
                _ => [],
            };
            foreach (var deeper in inner)
            {
                yield return deeper;
            }
        }
    }
}

using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration;

/// <summary>
/// Gives relative paths of a configuration the place they start at. Done once, where a file is loaded: whoever opens a path later
/// must not find that the current directory has a say in it.
/// </summary>
public static class ConfigPaths
{
    /// <summary>The configuration with every path made absolute; texts that are empty (not set) stay empty.</summary>
    /// <param name="config">As it was read.</param>
    /// <param name="directory">The absolute directory of the configuration file.</param>
    /// <exception cref="ArgumentException"><paramref name="directory"/> is not absolute.</exception>
    public static PosternConfig Resolve(PosternConfig config, string directory)
    {
        ArgumentNullException.ThrowIfNull(config);

        // The defaults name no path, and walking them would compile the getters of every setting at each start without a file.
        return ReferenceEquals(config, PosternConfig.Default) ? config : (PosternConfig)Resolve(PosternConfig.Schema, config, directory);
    }

    private static object Resolve(SectionSchema schema, object section, string directory)
    {
        foreach (var setting in schema.Settings)
        {
            var value = setting.Get(section);
            var resolved = setting.Kind switch
            {
                SectionKind nested => Resolve(nested.Schema, value, directory),
                ItemsKind items when ItemsKind.Items(value).Count > 0 => items.Select(value, item => Resolve(items.Schema, item, directory)),
                TextKind { IsPath: true } kind when !kind.IsUnset(value) => Path.GetFullPath((string)value, directory),
                _ => value,
            };
            if (!ReferenceEquals(resolved, value))
            {
                section = setting.Set(section, resolved);
            }
        }

        return section;
    }
}

using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration;

/// <summary>One key of the vocabulary with a value of its own.</summary>
/// <param name="Path">The settings that lead to it, outermost first.</param>
/// <param name="Value">The value.</param>
internal sealed record ConfigOverride(IReadOnlyList<Setting> Path, object Value)
{
    /// <summary>The full key.</summary>
    public string Key => string.Join('.', Path.Select(static setting => setting.Key));

    /// <summary>The setting itself.</summary>
    public Setting Setting => Path[^1];

    /// <summary>The value that a whole configuration has there.</summary>
    public object Of(PosternConfig config) => Path.Aggregate((object)config, static (section, setting) => setting.Get(section));

    /// <summary>The configuration with the value put in.</summary>
    public PosternConfig ApplyTo(PosternConfig config) => (PosternConfig)Put(config, 0);

    private object Put(object section, int depth) => Path[depth].Set(section, depth == Path.Count - 1 ? Value : Put(Path[depth].Get(section), depth + 1));
}

namespace Postern.Engine.Configuration;

/// <summary>Keys that have other values for one agent than for everybody; immutable.</summary>
public sealed class ConfigOverrides
{
    internal ConfigOverrides(IReadOnlyList<ConfigOverride> values) => Values = values;

    /// <summary>No key at all.</summary>
    public static ConfigOverrides None { get; } = new([]);

    /// <summary>Each key at most once.</summary>
    internal IReadOnlyList<ConfigOverride> Values { get; }

    /// <summary>The configuration as it is for this agent.</summary>
    internal PosternConfig ApplyTo(PosternConfig config) => Values.Aggregate(config, static (config, value) => value.ApplyTo(config));
}

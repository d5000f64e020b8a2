using Postern.Engine.Yaml;

namespace Postern.Engine.Configuration;

/// <summary>The outcome of reading a configuration file: a configuration, or everything that is wrong with it.</summary>
public sealed class ConfigResult
{
    private readonly YamlNode? _root;

    internal ConfigResult(string file, YamlNode? root, PosternConfig? config, IReadOnlyList<ConfigIssue> errors, IReadOnlyList<ConfigIssue> warnings) =>
        (File, _root, Config, Errors, Warnings) = (file, root, config, errors, warnings);

    /// <summary>The file's name as the caller gave it.</summary>
    public string File { get; }

    /// <summary>The configuration; null exactly when there are errors.</summary>
    public PosternConfig? Config { get; }

    /// <summary>Everything that is wrong, in order of position; at most about a hundred.</summary>
    public IReadOnlyList<ConfigIssue> Errors { get; }

    /// <summary>What is allowed but probably not meant, or worth knowing. Empty when there are errors.</summary>
    public IReadOnlyList<ConfigIssue> Warnings { get; }

    /// <summary>Where a key got its value: <c>file:line</c>, or <c>default</c>.</summary>
    /// <param name="key">A full key such as <c>dlp.scan_env</c>; list items have an index.</param>
    public string SourceOf(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return YamlPath.Find(_root, key) is { IsNull: false } node ? $"{File}:{node.Line}" : "default";
    }
}

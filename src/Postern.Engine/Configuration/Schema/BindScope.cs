using Postern.Engine.Yaml;

namespace Postern.Engine.Configuration.Schema;

/// <summary>Where in the vocabulary the binder stands.</summary>
/// <param name="Log">Takes the issues.</param>
/// <param name="Path">The full key of the value being read; list items carry their index.</param>
internal readonly record struct BindScope(BindLog Log, string Path)
{
    public BindScope Under(string key) => this with { Path = Path.Length == 0 ? key : $"{Path}.{key}" };

    public BindScope At(int index) => this with { Path = $"{Path}[{index}]" };

    /// <summary>Logs and returns null, which is how a kind says that it could not read.</summary>
    public object? Fail(YamlNode at, string message)
    {
        Log.Add(at, Path, message);
        return null;
    }
}

using Postern.Engine.Configuration;
using Postern.Engine.Policy;

namespace Postern.Program;

/// <summary>Finds, reads and compiles the configuration file.</summary>
internal static class ConfigFile
{
    /// <summary>The file in the current directory that is used when none is named.</summary>
    public const string DefaultName = "postern.yaml";

    /// <summary>The file that applies: the named one, else <c>./postern.yaml</c>, else the user's; null when there is none.</summary>
    public static string? Find(string? named)
    {
        if (named is not null)
        {
            return Path.GetFullPath(named);
        }

        string[] candidates =
        [
            Path.GetFullPath(DefaultName),
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "postern", DefaultName),
        ];
        return Array.Find(candidates, File.Exists);
    }

    /// <summary>Reads and compiles <paramref name="path"/>; null stands for a file without a line.</summary>
    /// <exception cref="ConfigException">The file cannot be read or is wrong; the message holds every error, a line each.</exception>
    public static LoadedConfig Load(string? path)
    {
        var name = path ?? DefaultName;
        var read = ConfigReader.Read(path is null ? string.Empty : ReadText(path), name);
        if (read.Config is not { } config)
        {
            throw new ConfigException(string.Join('\n', read.Errors));
        }

        var compiled = PolicyCompiler.Compile(config);
        return compiled.Policy is { } policy
            ? new LoadedConfig(path, config, policy, ConfigHash.Of(config), read.Warnings)
            : throw new ConfigException(string.Join('\n', compiled.Errors.Select(error => name + ": " + error)));
    }

    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException($"{path}: cannot be read: {e.Message}");
        }
    }
}

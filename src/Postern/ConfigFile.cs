using Postern.Engine.Configuration;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection.Known;
using Postern.Engine.Policy;
using Postern.Program.Commands;
using Postern.Transports.Secrets;

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

    /// <summary>Reads and compiles <paramref name="path"/>, relative paths resolved against its directory; null stands for a file without a line.</summary>
    /// <exception cref="ConfigException">The file cannot be read or is wrong; the message holds every error, a line each.</exception>
    public static LoadedConfig Load(string? path)
    {
        var loaded = LoadForReload(path);
        var expired = SuppressionList.Expired(loaded.Config, TimeProvider.System.GetUtcNow());
        return expired.Count == 0 ? loaded : throw new ConfigException(string.Join('\n', expired.Select(entry => path + ": " + entry)));
    }

    /// <summary>The same for a running program, which an entry that has expired does not stop.</summary>
    /// <exception cref="ConfigException">The file cannot be read or is wrong; the message holds every error, a line each.</exception>
    public static LoadedConfig LoadForReload(string? path)
    {
        var read = path is null ? ConfigReader.Read(string.Empty, DefaultName) : Read(path);
        var directory = Path.GetDirectoryName(path) ?? Environment.CurrentDirectory;
        return Compile(path, ConfigPaths.Resolve(read.Config!, directory), read.Warnings);
    }

    /// <summary>What of <paramref name="file"/> a running program takes over; its hash is the one to stand in the evidence.</summary>
    /// <param name="file">The changed file.</param>
    /// <param name="running">The configuration as it acts now.</param>
    public static LoadedConfig InForce(LoadedConfig file, PosternConfig running) =>
        Compile(file.Path, ConfigInForce.After(running, file.Config), file.Warnings);

    /// <summary>Reads a file that has no errors, as it is written.</summary>
    /// <exception cref="ConfigException">It cannot be read or is wrong; the message holds every error, a line each.</exception>
    public static ConfigResult Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException($"{path}: cannot be read: {e.Message}");
        }

        var read = ConfigReader.Read(text, path);
        return read.Config is null ? throw new ConfigException(string.Join('\n', read.Errors)) : read;
    }

    /// <summary>The same file's configuration after a change that somebody made elsewhere.</summary>
    public static LoadedConfig With(LoadedConfig loaded, PosternConfig config) => Compile(loaded.Path, config, loaded.Warnings);

    private static LoadedConfig Compile(string? path, PosternConfig config, IReadOnlyList<ConfigIssue> warnings)
    {
        var compiled = PolicyCompiler.Compile(config, SecretsOf(config.Dlp), BundleStore.Load(config.Rules));
        return compiled.Policy is { } policy
            ? new LoadedConfig(path, config, policy, ConfigHash.Of(config), warnings)
            : throw new ConfigException(string.Join('\n', compiled.Errors.Select(error => (path ?? DefaultName) + ": " + error)));
    }

    private static OwnSecrets SecretsOf(DlpSection section)
    {
        try
        {
            return OwnSecretSource.Read(section);
        }
        catch (InvalidDataException e)
        {
            throw new ConfigException(e.Message);
        }
    }
}

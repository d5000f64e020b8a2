using Postern.Engine.Configuration;

namespace Postern.Program.Checkup;

/// <summary>Whether the configuration can be used.</summary>
internal static class ConfigurationCheck
{
    private const string Name = "configuration";

    /// <summary>The result, and the configuration for the other checks: the defaults when the file cannot be used.</summary>
    public static (CheckResult Result, PosternConfig Config) Run(string? path)
    {
        try
        {
            var loaded = ConfigFile.Load(path);
            var where = path ?? "no file, the defaults apply";
            var result = loaded.Warnings.Count == 0
                ? CheckResult.Ok(Name, where)
                : new CheckResult(Name, Health.Warn, $"{where}: {loaded.Warnings.Count} warnings", $"Read them with 'postern config check {path}'.");
            return (result, loaded.Config);
        }
        catch (ConfigException wrong)
        {
            return (new CheckResult(Name, Health.Fail, wrong.Message.Split('\n')[0], "Run 'postern config check' for all errors."), PosternConfig.Default);
        }
    }
}

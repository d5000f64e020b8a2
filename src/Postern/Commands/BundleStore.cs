using System.CommandLine;
using Postern.Engine.Configuration;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Rules.Bundles;
using Postern.Transports.Evidence;

namespace Postern.Program.Commands;

/// <summary>The folder of bundles, a file each, named after name and version.</summary>
internal static class BundleStore
{
    private const string Extension = ".bundle";

    /// <summary>The bundles that the configuration pins, each opened anew.</summary>
    /// <exception cref="ConfigException">One of them is not there or does not hold.</exception>
    public static IReadOnlyList<RuleBundle> Load(RulesSection rules) => [.. rules.Bundles.Select(pin => Load(pin, rules))];

    /// <summary>The section as it is written: a configuration that pins a bundle which is missing or was changed does not load, and these commands mend that.</summary>
    /// <exception cref="ConfigException">The file cannot be read or is wrong.</exception>
    public static RulesSection SettingsOf(ParseResult parsed, Option<string?> config) => ConfigFile.Find(parsed.GetValue(config)) is { } path
        ? ConfigPaths.Resolve(ConfigFile.Read(path).Config!, Path.GetDirectoryName(path)!).Rules
        : PosternConfig.Default.Rules;

    /// <summary>The bundle that a path names, or all in the folder that it names.</summary>
    /// <exception cref="ConfigException">The folder has none.</exception>
    public static IReadOnlyList<string> FilesAt(string path) => !Directory.Exists(path) ? [path]
        : Directory.GetFiles(path, "*" + Extension) is { Length: > 0 } files ? [.. files.Order(StringComparer.Ordinal)]
        : throw new ConfigException($"{Terminal.Plain(path)}: there is no *{Extension} in it");

    /// <summary>The file in which a bundle lies.</summary>
    /// <exception cref="ConfigException">The configuration names no folder.</exception>
    public static string PathOf(string pin, RulesSection rules) => rules.RulesDir.Length > 0
        ? Path.Combine(rules.RulesDir, pin + Extension)
        : throw new ConfigException("rules.rules_dir: not set; it says where bundles lie");

    /// <summary>The pins of all files in the folder.</summary>
    public static IEnumerable<string> Installed(RulesSection rules) => Directory.Exists(rules.RulesDir)
        ? Directory.EnumerateFiles(rules.RulesDir, "*" + Extension).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!
        : [];

    /// <summary>Opens a file.</summary>
    /// <exception cref="ConfigException">It cannot be read.</exception>
    public static BundleOpening Open(string path, RulesSection rules) => Open(Read(path), rules);

    /// <summary>Opens what was read.</summary>
    public static BundleOpening Open(byte[] bytes, RulesSection rules) => BundleReader.Open(
        bytes, new BundleTrust([.. rules.TrustedKeys], OpenSslEd25519.OrManaged(), typeof(RuleTable).Assembly.GetName().Version!));

    /// <summary>The bytes of a bundle.</summary>
    /// <exception cref="ConfigException">It cannot be read.</exception>
    public static byte[] Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= BundleReader.MaxBytes ? File.ReadAllBytes(path) : throw new ConfigException($"{path}: too long for a bundle");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException($"{path}: cannot be read: {e.Message}");
        }
    }

    private static RuleBundle Load(string pin, RulesSection rules)
    {
        var path = PathOf(pin, rules);
        var opened = Open(path, rules);
        return opened.Bundle is not { } bundle ? throw new ConfigException(string.Join('\n', opened.Errors.Select(error => $"rules.bundles: {path}: {error}")))
            : bundle.Head.Pin == pin ? bundle
            : throw new ConfigException($"rules.bundles: {path} holds {bundle.Head.Pin}, not {pin}");
    }
}

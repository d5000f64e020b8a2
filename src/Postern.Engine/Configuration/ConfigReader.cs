using Postern.Engine.Configuration.Schema;
using Postern.Engine.Yaml;

namespace Postern.Engine.Configuration;

/// <summary>Turns the text of a configuration file into records, strictly: what is not understood is an error, never ignored.</summary>
public static class ConfigReader
{
    /// <summary>Reads a configuration.</summary>
    /// <param name="text">The file's content; empty means every default. At most 1 MiB of characters.</param>
    /// <param name="fileName">What messages call the file.</param>
    /// <returns>The configuration, or all errors. Never throws for any text.</returns>
    public static ConfigResult Read(string text, string fileName)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(fileName);
        var document = YamlReader.Read(text);
        var errors = new BindLog(fileName);
        foreach (var fault in document.Faults)
        {
            errors.Add(fault);
        }

        var config = Bind(document.Root, errors);
        var warnings = new BindLog(fileName);
        if (errors.Issues.Count == 0)
        {
            ConfigChecks.Run(config, document.Root, errors, warnings);
        }

        return errors.Issues.Count == 0
            ? new(fileName, document.Root, config, [], warnings.Issues)
            : new(fileName, document.Root, null, [.. errors.Issues.OrderBy(issue => issue.Line).ThenBy(issue => issue.Column)], []);
    }

    private static PosternConfig Bind(YamlNode? root, BindLog errors)
    {
        if (root is null or { IsNull: true })
        {
            return PosternConfig.Default;
        }

        if (root.Kind == YamlKind.Mapping)
        {
            return (PosternConfig)PosternConfig.Schema.Bind(root, new(errors, ""));
        }

        errors.Add(root, "", "expected keys with values, such as 'mode: balanced'");
        return PosternConfig.Default;
    }
}

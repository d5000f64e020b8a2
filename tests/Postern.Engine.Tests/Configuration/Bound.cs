using Postern.Engine.Configuration;
using Postern.Engine.Configuration.Schema;
using Postern.Engine.Yaml;

namespace Postern.Engine.Tests.Configuration;

/// <summary>Binding alone, without the checks between settings.</summary>
internal static class Bound
{
    public static PosternConfig Whole(string yaml)
    {
        var (config, issues) = Try(yaml);
        Assert.Empty(issues);
        return config;
    }

    public static (PosternConfig Config, IReadOnlyList<ConfigIssue> Issues) Try(string yaml)
    {
        var document = YamlReader.Read(yaml);
        Assert.Empty(document.Faults);
        var log = new BindLog("test.yaml");
        return ((PosternConfig)PosternConfig.Schema.Bind(document.Root!, new(log, "")), log.Issues);
    }
}

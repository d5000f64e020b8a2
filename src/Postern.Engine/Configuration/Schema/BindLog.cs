using Postern.Engine.Yaml;

namespace Postern.Engine.Configuration.Schema;

/// <summary>Collects what is wrong while a file is bound.</summary>
internal sealed class BindLog(string file)
{
    /// <summary>After so many the list is cut: nobody reads further, and a hostile file must not grow it.</summary>
    private const int MaxIssues = 100;

    private readonly List<ConfigIssue> _issues = [];

    /// <summary>In the order found.</summary>
    public IReadOnlyList<ConfigIssue> Issues => _issues;

    public void Add(YamlNode? at, string key, string message)
    {
        if (_issues.Count < MaxIssues)
        {
            _issues.Add(new(file, at?.Line ?? 1, at?.Column ?? 1, key, message));
        }
    }

    public void Add(YamlFault fault) => _issues.Add(new(file, fault.Line, fault.Column, "", fault.Message));
}

using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Postern.Transports.Tests.Telemetry.Metrics;

/// <summary>Dashboard and alerts ask for what there is.</summary>
public sealed partial class DeployedQueriesTests
{
    private const string Dashboard = "deploy/grafana/postern.json";
    private const string Alerts = "deploy/prometheus/postern-alerts.yaml";

    [Theory]
    [InlineData(Dashboard, 40)]
    [InlineData(Alerts, 10)]
    public async Task Every_metric_that_is_asked_for_is_there(string file, int least)
    {
        var asked = Metric().Matches(await File.ReadAllTextAsync(At(file))).Select(static match => match.Value).ToArray();
        Assert.True(asked.Length >= least, $"{asked.Length} queries");
        var names = await MetricWorld.NamesAsync();
        Assert.Empty(asked.Distinct().Except(names));
    }

    [Fact]
    public async Task The_dashboard_is_one_that_grafana_loads()
    {
        using var parsed = JsonDocument.Parse(await File.ReadAllTextAsync(At(Dashboard)));
        var panels = parsed.RootElement.GetProperty("panels").EnumerateArray().ToArray();
        Assert.Equal(panels.Length, panels.Select(static panel => panel.GetProperty("id").GetInt32()).Distinct().Count());
        Assert.All(panels.Where(static panel => panel.GetProperty("type").GetString() != "row"), static panel => Assert.True(panel.GetProperty("targets").GetArrayLength() > 0));
    }

    [NeedsFact("promtool")]
    public async Task Promtool_takes_the_alerts()
    {
        var (code, said) = await MetricTests.RunAsync("promtool", ["check", "rules", At(Alerts)], "");
        Assert.True(code == 0, said);
    }

    private static string At(string file, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../../..", file);

    [GeneratedRegex("(?:postern|dotnet)_[a-z0-9_]+")]
    private static partial Regex Metric();
}

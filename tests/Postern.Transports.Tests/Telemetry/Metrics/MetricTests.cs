using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Postern.Transports.Telemetry.Metrics;
using Postern.Transports.Telemetry.Otlp;
using Postern.Transports.Tests.Telemetry.Emit;
using Postern.Transports.Tests.Telemetry.Otlp;

namespace Postern.Transports.Tests.Telemetry.Metrics;

public sealed partial class MetricTests
{
    [Fact]
    public async Task There_are_at_least_forty_families_of_our_own_with_help_and_numbers()
    {
        var own = MetricScrape.Take(await MetricWorld.MakeAsync()).Where(static family => family.Instrument.Meter.Name == "Postern").ToArray();
        Assert.True(own.Length >= 40, $"{own.Length} families");
        Assert.Equal(own.Length, own.Select(static family => family.Name).Distinct().Count());
        Assert.All(own, static family => Assert.False(string.IsNullOrEmpty(family.Instrument.Description)));
    }

    [NeedsFact("promtool")]
    public async Task Promtool_finds_nothing_wrong()
    {
        var (code, said) = await RunAsync("promtool", ["check", "metrics"], Encoding.UTF8.GetString(MetricText.Of(MetricScrape.Take(await MetricWorld.MakeAsync()), isOpen: false)));
        Assert.True(code == 0 && said.Length == 0, said);
    }

    [Fact]
    public async Task Open_metrics_names_families_without_total_and_ends_with_its_mark()
    {
        var lines = Encoding.UTF8.GetString(MetricText.Of(MetricScrape.Take(await MetricWorld.MakeAsync()), isOpen: true)).Split('\n');
        Assert.Equal(["# EOF", ""], lines[^2..]);
        var family = ("", "");
        foreach (var line in lines[..^2])
        {
            Assert.Matches(Line(), line);
            family = line.StartsWith("# TYPE ", StringComparison.Ordinal) && line.Split(' ') is [_, _, var name, var type] ? (name, type) : family;
            if (!line.StartsWith('#'))
            {
                Assert.Equal(family.Item2 == "counter" ? family.Item1 + "_total" : family.Item1, line[..line.AsSpan().IndexOfAny('{', ' ')]);
            }
        }

        Assert.DoesNotContain(lines, static line => line.StartsWith("# TYPE", StringComparison.Ordinal) && line.Contains("_total ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Label_values_cannot_break_out_of_their_line()
    {
        var text = Encoding.UTF8.GetString(MetricText.Of(MetricScrape.Take(await MetricWorld.MakeAsync("1\"}\n\\")), isOpen: false));
        Assert.Contains("postern_info{version=\"1\\\"}\\n\\\\\"} 1\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5", true)]
    [InlineData("text/plain", false)]
    [InlineData("", false)]
    public void Who_asks_for_open_metrics_gets_it(string accept, bool isOpen) => Assert.Equal(isOpen, MetricText.IsOpen(accept));

    [Fact]
    public async Task Numbers_go_to_a_collector_in_a_shape_that_it_decodes()
    {
        using var receiver = new HttpReceiver();
        await using var push = new OtlpMetricPush(OtlpSinkTests.Settings(receiver), Told.Instance, new HurriedTime());
        push.Start(await MetricWorld.MakeAsync());
        var delivery = await receiver.NextAsync();
        Assert.Equal("/v1/metrics", delivery.Path);
        var metrics = OtlpSchema.Decode("ExportMetricsServiceRequest", delivery.Body).GetProperty("resourceMetrics")[0].GetProperty("scopeMetrics")[0].GetProperty("metrics");
        var rulings = metrics.EnumerateArray().Single(static one => one.GetProperty("name").GetString() == "postern.rulings").GetProperty("sum");
        Assert.True(rulings.GetProperty("isMonotonic").GetBoolean());
        Assert.Equal(3, rulings.GetProperty("dataPoints").EnumerateArray().Sum(static point => int.Parse(point.GetProperty("asInt").GetString()!, null)));
    }

    internal static async Task<(int Code, string Said)> RunAsync(string program, string[] arguments, string input)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }

    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_0-9]+ .+|[a-z_0-9]+(\{[a-z_]+="[^"]*"(,[a-z_]+="[^"]*")*\})? -?[0-9.E+-]+)\z""")]
    private static partial Regex Line();
}

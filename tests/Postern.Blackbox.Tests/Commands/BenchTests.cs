using System.Diagnostics;

namespace Postern.Blackbox.Tests.Commands;

public sealed class BenchTests : IDisposable
{
    private readonly PosternProcess _postern = new();

    [Fact]
    public async Task Every_kind_is_measured_both_ways_within_the_time_asked_for()
    {
        var start = Stopwatch.GetTimestamp();
        var outcome = await _postern.RunAsync("bench", "--seconds", "2", "--json");

        Assert.Equal(0, outcome.ExitCode);
        var rows = outcome.Json.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(6, rows.Count(static row => row.GetProperty("way").GetString() == "in"));
        Assert.Equal(6, rows.Count(static row => row.GetProperty("way").GetString() == "out"));
        Assert.Equal(3, rows.Count(static row => row.GetProperty("way").GetString() == "url"));
        Assert.Single(rows, static row => row.GetProperty("way").GetString() == "tool");
        Assert.All(rows, static row => Assert.InRange(row.GetProperty("nanoseconds").GetDouble(), 1, 1e9));

        // Each of sixteen rows ends at most two judgements late.
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 30);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("601")]
    public async Task A_time_beyond_the_bounds_is_refused(string seconds) => Assert.Equal(2, (await _postern.RunAsync("bench", "--seconds", seconds)).ExitCode);

    public void Dispose() => _postern.Dispose();
}

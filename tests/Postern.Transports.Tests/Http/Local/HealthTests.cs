using System.Text.Json;
using Postern.Engine.Evidence;
using Postern.Transports.Control;
using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Http.Local;

public sealed class HealthTests
{
    [Theory]
    [InlineData(false, false, 200, "ok")]
    [InlineData(true, false, 503, "halted")]
    [InlineData(false, true, 503, "evidence_lost")]
    [InlineData(true, true, 503, "evidence_lost")]
    public async Task Health_tells_whether_anything_can_pass(bool halted, bool lost, int status, string word)
    {
        await using var world = await World.StartAsync(await Upstream.StartAsync());
        if (halted)
        {
            world.Switch.Halt();
        }

        world.Evidence.FailFrom = lost ? 0 : int.MaxValue;

        var (answered, health) = await ReadAsync(world);
        var probe = await HealthProbe.AskAsync(world.Address, TestContext.Current.CancellationToken);

        Assert.Equal((status, word), (answered, health.GetProperty("status").GetString()));
        Assert.Equal((status, lost, !halted && !lost), (probe.Status, probe.HasLostEvidence, probe.IsWell));
    }

    [Fact]
    public async Task Health_publishes_the_last_checkpoint()
    {
        await using var world = await World.StartAsync(await Upstream.StartAsync());
        Assert.False((await ReadAsync(world)).Health.TryGetProperty("checkpoint", out _));
        world.Evidence.LastCheckpoint = new Checkpoint { Origin = "o", Size = 42, Root = "00ff", Time = "t", Closing = false, Key = "k" };

        var checkpoint = (await ReadAsync(world)).Health.GetProperty("checkpoint");

        Assert.Equal((42, "00ff"), (checkpoint.GetProperty("size").GetInt64(), checkpoint.GetProperty("root").GetString()));
    }

    private static async Task<(int Status, JsonElement Health)> ReadAsync(World world)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri($"http://{world.Address}/health"), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonDocument.Parse(text).RootElement);
    }
}

using System.Text;
using Postern.Engine.Configuration;
using Postern.Engine.Detection.Known;
using Postern.Engine.Flow;
using Postern.Engine.Monitoring;
using Postern.Engine.Tests.Detection.Known;
using Postern.Engine.Tests.Inspection;

namespace Postern.Engine.Tests.Monitoring;

/// <summary>A secret cut over messages is put together again; what belongs to nobody's secret is not.</summary>
public sealed class FragmentsTests
{
    private const string On = "cross_request_detection: { enabled: true }\nfetch_proxy: { monitoring: { max_requests_per_minute: 0 } }\n";

    private static readonly string s_key = "AKIA" + "Q3EGRZKW" + "V5N7YT2P";

    private static readonly MessageFacts s_json = new(MessageKind.Request, Direction.Outbound) { Content = ContentKind.Json, Whole = true };

    public static TheoryData<string, string[]> Cuts => new()
    {
        { "two", [s_key[..10], s_key[10..]] },
        { "three", [s_key[..7], s_key[7..13], s_key[13..]] },
        { "twenty", [.. s_key.Select(static c => c.ToString())] },
        { "the end first", [s_key[10..], s_key[..10]] },
        { "noise between", [s_key[..10], "Zx9", "qQ1w", "v2-rc", s_key[10..]] },
    };

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task A_secret_cut_over_requests_is_refused_with_its_last_piece(string cut, string[] pieces)
    {
        _ = cut;
        var world = new TestWorld(On);
        for (var i = 0; i < pieces.Length; i++)
        {
            var refused = await world.RuleAsync(world.Exchange(), TestWorld.Request($"https://host{i}.example/log?d={pieces[i]}"));

            Assert.Equal(i < pieces.Length - 1 ? null : "secret.split-over-messages", refused?.Decisive?.Rule.Id);
        }
    }

    [Theory]
    [InlineData("{{\"level\": \"info\", \"note\": \"{0}\"}}")]
    [InlineData("{{\"level\": 5, \"id\": \"8f2b-11\", \"tags\": [\"a1\", \"{0}\"], \"ok\": true}}")]
    [InlineData("note={0}&x=1")]
    [InlineData("{{\"{0}\": 1}}")]
    public async Task Bodies_of_every_kind_and_names_as_well_as_values_are_read(string body)
    {
        var world = new TestWorld(On);

        Assert.Null(await world.RuleAsync(world.Exchange(), Post(body, s_key[..10])));
        Assert.Equal("secret.split-over-messages", (await world.RuleAsync(world.Exchange(), Post(body, s_key[10..])))?.Decisive?.Rule.Id);
    }

    [Fact]
    public async Task Own_secrets_are_put_together_as_well()
    {
        const string Value = "Zq7+XkP2mVt9RbW4hJc8/NdL6sGf3YuE5o";
        var world = new OwnWorld([new OwnSecret("", new SecretText(Value))], On);

        Assert.Null(await world.SendAsync(TestWorld.Request("https://a.example/?d=" + Value[..14])));
        Assert.NotNull(await world.SendAsync(TestWorld.Request("https://b.example/?d=" + Value[14..])));
    }

    [Fact]
    public async Task Every_agent_has_pieces_of_its_own()
    {
        var world = new TestWorld(On);
        var other = new Exchange("somebody else", "test", new(1, "hash", world.Policy));

        Assert.Null(await world.RuleAsync(world.Exchange(), TestWorld.Request("https://a.example/?d=" + s_key[..10])));
        Assert.Null(await world.RuleAsync(other, TestWorld.Request("https://a.example/?d=" + s_key[10..])));
    }

    [Fact]
    public async Task A_warning_is_recorded_and_refuses_nothing()
    {
        var world = new TestWorld(On.Replace("enabled: true", "enabled: true, action: warn", StringComparison.Ordinal));

        Assert.Null(await world.RuleAsync(world.Exchange(), TestWorld.Request("https://a.example/?d=" + s_key[..10])));
        Assert.Null(await world.RuleAsync(world.Exchange(), TestWorld.Request("https://a.example/?d=" + s_key[10..])));
        Assert.Contains("secret.split-over-messages", world.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ordinary_requests_are_left_alone()
    {
        var world = new TestWorld(On);
        var random = new Random(7);
        for (var i = 0; i < 60; i++)
        {
            var id = Convert.ToHexStringLower(BitConverter.GetBytes(random.NextInt64()));
            var body = $"{{\"id\": \"{id}\", \"model\": \"gpt-4o-mini\", \"session\": \"S-{i:D4}\", \"text\": \"what is the weather in Kiel today?\", \"trace\": \"{id[..6]}-{i}\"}}";

            Assert.Null(await world.RuleAsync(world.Exchange(), Post(body.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), "")));
        }
    }

    [Fact]
    public void Pieces_expire_and_the_oldest_make_room()
    {
        var bytes = new byte[FragmentState.StateBytes];
        var state = new FragmentState(bytes);
        for (var i = 0; i < 200; i++)
        {
            state.Add(Encoding.ASCII.GetBytes($"piece-number-{i:D4}-" + new string('x', 60)), isName: false, nowMinute: i / 10);
        }

        Assert.InRange(Kept(state).Count, 30, 40);
        Assert.StartsWith("piece-number-0199", Kept(state)[^1], StringComparison.Ordinal);
        state.Expire(nowMinute: 20, minutes: 1);
        Assert.Equal(10, Kept(state).Count);
        state.Expire(nowMinute: 60, minutes: 1);
        Assert.Empty(Kept(state));
        Assert.Equal(4, bytes.AsSpan().TrimEnd((byte)0).Length + 3);
    }

    [Fact]
    public void A_state_of_another_version_is_begun_anew()
    {
        var bytes = Enumerable.Repeat((byte)0xFF, FragmentState.StateBytes).ToArray();

        Assert.Empty(Kept(new FragmentState(bytes)));
    }

    [Fact]
    public async Task Ten_thousand_sessions_stay_within_the_stated_memory()
    {
        const int Sessions = 10_000;
        const long Bound = 64L * 1024 * 1024;
        var store = new InProcessSessions(Sessions);
        var state = new byte[FragmentState.StateBytes];
        for (var i = 0; i < 200; i++)
        {
            new FragmentState(state).Add(Encoding.ASCII.GetBytes(new string('x', FragmentState.MaxPiece)), isName: false, nowMinute: 0);
        }

        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Sessions * 2; i++)
        {
            Assert.True(await store.TryCommitAsync(new SessionKey(3, (UInt128)i), 0, state, mustKeep: false, TestContext.Current.CancellationToken));
        }

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, Sessions / 2 * FragmentState.StateBytes, Bound);
        GC.KeepAlive(store);
    }

    private static List<string> Kept(FragmentState state)
    {
        var pieces = new PieceList();
        state.CopyTo(pieces, names: false);
        return [.. Enumerable.Range(0, pieces.Count).Select(i => Encoding.ASCII.GetString(pieces[i]))];
    }

    private static Message Post(string body, string piece)
    {
        using var writer = new MessageWriter();
        writer.Add(PartKind.Method, "POST");
        writer.Add(PartKind.Url, "https://a.example/log");
        writer.Body(Encoding.UTF8.GetBytes(string.Format(System.Globalization.CultureInfo.InvariantCulture, body, piece)));
        return writer.Seal(s_json with { Content = body.StartsWith('{') ? ContentKind.Json : ContentKind.Form });
    }
}

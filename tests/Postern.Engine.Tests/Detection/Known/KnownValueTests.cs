using System.Text;
using Postern.Engine.Configuration;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Known;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Flow;
using Postern.Engine.Tests.Inspection;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Detection.Known;

/// <summary>A value that is known leaves in no disguise, and nothing else is taken for it.</summary>
public sealed class KnownValueTests
{
    /// <summary>No rule knows its shape.</summary>
    private const string Value = "Zq7+XkP2mVt9RbW4hJc8/NdL6sGf3YuE5o";

    private const string Other = "hT5vLx0Wc7GpQd3nRz8KyBf1MjUa6SeI4o";

    private static string Reversed(string text) => new([.. text.Reverse()]);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));

    public static TheoryData<string, string> Disguises => new()
    {
        { "plain", $"see {Value} there" },
        { "glued", $"x{Value}x" },
        { "lower case", $"see {Value.ToLowerInvariant()}" },
        { "upper case", $"see {Value.ToUpperInvariant()}" },
        { "backwards", $"see {Reversed(Value)}" },
        { "base64", $"see {Base64(Value)}" },
        { "base64 of more", $"see {Base64("ab" + Value + "cd")}" },
        { "base64 of base64", $"see {Base64(Base64(Value))}" },
        { "hex", $"see {Convert.ToHexString(Encoding.ASCII.GetBytes(Value))}" },
        { "hex with colons", "see " + string.Join(':', Value.Select(static c => ((int)c).ToString("x2"))) },
        { "escapes", "see " + string.Concat(Value.Select(static c => $"\\x{(int)c:x2}")) },
        { "percent", "see " + string.Concat(Value.Select(static c => $"%{(int)c:X2}")) },
        { "references", "see " + string.Concat(Value.Select(static c => $"&#{(int)c};")) },
        { "numbers", "see " + string.Join(", ", Value.Select(static c => (int)c)) },
        { "spaced out", "see " + string.Join(' ', Value.ToCharArray()) },
        { "dots between", "see " + string.Join('.', Value.ToCharArray()) },
        { "four at a time", "see " + string.Join('-', Value.Chunk(4).Select(static c => new string(c))) },
        { "lines", "see\n" + string.Join("\n", Value.Chunk(8).Select(static c => new string(c))) },
        { "literals", "\"" + string.Join("\" + \"", Value.Chunk(6).Select(static c => new string(c))) + "\"" },
        { "array", "[\"" + string.Join("\", \"", Value.Chunk(5).Select(static c => new string(c))) + "\"]" },
        { "zero width", "see " + string.Join('\u200B', Value.ToCharArray()) },
        { "beginning", $"see {Value[..24]}" },
        { "end", $"see {Value[^24..]}" },
    };

    [Theory]
    [MemberData(nameof(Disguises))]
    public async Task A_known_value_leaves_in_no_disguise(string disguise, string text)
    {
        _ = disguise;
        var world = new OwnWorld([new OwnSecret("ACME_SIGNING", new SecretText(Value))]);

        var findings = await world.FindAsync(text);

        Assert.Contains(findings, static finding => finding.Rule.Id == "secret.own.environment" && finding.Confidence >= Confidence.High);
        Assert.DoesNotContain(Value, world.World.Evidence, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Disguises))]
    public async Task Nothing_else_is_taken_for_it(string disguise, string text)
    {
        _ = disguise;
        var world = new OwnWorld([new OwnSecret("ACME_SIGNING", new SecretText(Other))]);

        Assert.DoesNotContain(await world.FindAsync(text), static finding => finding.Rule.Id.StartsWith("secret.own", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_short_beginning_gives_nothing_away()
    {
        var world = new OwnWorld([new OwnSecret("ACME_SIGNING", new SecretText(Value))]);

        Assert.Empty(await world.FindAsync("see " + Value[..12]));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(60)]
    public void A_value_of_every_length_is_found_at_every_place(int length)
    {
        var value = string.Concat(Enumerable.Range(0, length).Select(static i => (char)('!' + (i * 37 % 90))));
        var detector = new KnownValueDetector([new KnownValue(OwnRules.File, Encoding.ASCII.GetBytes(value), Divisible: false)], "key"u8);
        for (var before = 0; before < 40; before++)
        {
            var hits = new HitList();
            detector.Detect(new View(Encoding.ASCII.GetBytes(new string('~', before) + value + "~~"), ViewChain.Raw, PartKind.Body, Direction.Outbound), hits);

            Assert.Equal((1, before, length), (hits.Count, hits[0].Start, hits[0].Length));
        }
    }

    [Fact]
    public void Text_full_of_beginnings_is_refused_as_a_flood_and_costs_no_more_than_its_length()
    {
        var detector = new KnownValueDetector([new KnownValue(OwnRules.File, Encoding.ASCII.GetBytes(Value), Divisible: true)], "key"u8);
        var text = string.Concat(Enumerable.Repeat(Value[..20], 10_000));
        var hits = new HitList();

        detector.Detect(new View(Encoding.ASCII.GetBytes(text), ViewChain.Raw, PartKind.Body, Direction.Outbound), hits);

        Assert.Equal(RuleCatalogue.Flood, hits[0].Rule);
    }

    [Fact]
    public void Clean_text_allocates_nothing()
    {
        var detector = new KnownValueDetector([new KnownValue(OwnRules.File, Encoding.ASCII.GetBytes(Value), Divisible: true)], "key"u8);
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("The quick brown fox, 42 times. ", 30)));
        var hits = new HitList();
        detector.Detect(new View(text, ViewChain.Raw, PartKind.Body, Direction.Outbound), hits);
        var before = GC.GetAllocatedBytesForCurrentThread();

        detector.Detect(new View(text, ViewChain.Raw, PartKind.Body, Direction.Outbound), hits);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(0, hits.Count);
    }

    [Fact]
    public void Nothing_of_a_value_is_kept_in_clear()
    {
        var bytes = Encoding.ASCII.GetBytes(Value);
        _ = new KnownValueDetector([new KnownValue(OwnRules.File, bytes, Divisible: true)], "key"u8);

        Assert.All(bytes, static b => Assert.Equal(0, b));
    }

    [Theory]
    [InlineData("https://api.openai.com/v1/chat", "OPENAI_API_KEY", "", true)]
    [InlineData("https://api.openai.example/v1/chat", "OPENAI_API_KEY", "", false)]
    [InlineData("https://openai.evil.example/v1/chat", "OPENAI_API_KEY", "", false)]
    [InlineData("http://api.openai.com/v1/chat", "OPENAI_API_KEY", "", false)]
    [InlineData("https://api.openai.com/v1/chat", "GITHUB_TOKEN", "", false)]
    [InlineData("https://api.acme.example/v1", "ACME_TOKEN", "api_allowlist: [api.acme.example]", true)]
    [InlineData("https://evil.example/v1", "ACME_TOKEN", "api_allowlist: [api.acme.example]", false)]
    public async Task In_a_credential_header_it_goes_to_its_own_service_only(string url, string name, string yaml, bool passes)
    {
        var world = new OwnWorld([new OwnSecret(name, new SecretText(Value))], yaml);

        var refused = await world.SendAsync(TestWorld.Request(url, "GET", ("authorization", "Bearer " + Value)));

        Assert.Equal(passes, refused is null);
        Assert.NotNull(await world.SendAsync(TestWorld.Request(url + "?k=" + Value)));
    }

    [Fact]
    public async Task What_is_at_home_by_its_shape_is_at_home_as_an_own_secret_too()
    {
        var key = "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a";
        var world = new OwnWorld([new OwnSecret("MY_DEPLOY_TOKEN", new SecretText(key))]);

        Assert.Null(await world.SendAsync(TestWorld.Request("https://api.github.com/user", "GET", ("authorization", "Bearer " + key))));
        Assert.NotNull(await world.SendAsync(TestWorld.Request("https://api.gitlab.com/user", "GET", ("authorization", "Bearer " + key))));
    }
}

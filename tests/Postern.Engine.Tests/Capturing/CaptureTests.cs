using System.Text;
using System.Text.Json;
using Postern.Engine.Capturing;
using Postern.Engine.Configuration;
using Postern.Engine.Detection.Known;
using Postern.Engine.Flow;
using Postern.Engine.Media;
using Postern.Engine.Policy;
using Postern.Engine.Tests.Detection.Rules;
using Postern.Engine.Tests.Inspection;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Capturing;

public sealed class CaptureTests
{
    private const string Url = "https://api.example.com/v1";

    private static readonly string s_secret = RuleFiles.Find("secret.google.api-key").Examples[0];

    [Fact]
    public async Task A_message_comes_back_as_it_was_with_its_record_its_conversation_and_its_addresses()
    {
        var world = new CaptureWorld();
        Assert.True(await world.RuleAsync(CaptureWorld.Post(Url, """{"a":1}""", ("accept", "text/plain"))));
        var capture = world.Last;

        Assert.Equal((CaptureContent.Whole, "ev-00000001-1", Effect.Allow), (capture.Content, capture.Record.Id.ToString(), capture.Record.Draft.Effect));
        Assert.Equal("93.184.216.34", Assert.Single(capture.Addresses!).ToString());
        using var original = CaptureWorld.Post(Url, """{"a":1}""", ("accept", "text/plain"));
        using var copy = capture.MakeMessage();
        Assert.Equal(original.Bytes, copy.Bytes);
        Assert.Equal(original.Parts, copy.Parts);
        Assert.Equal((original.Kind, original.Direction, original.Facts.Content, true), (copy.Kind, copy.Direction, copy.Facts.Content, copy.Facts.Whole));
        var exchange = capture.MakeExchange(world.Exchange.Policy);
        Assert.Equal(("tester", "test", null), (exchange.Actor, exchange.Transport, exchange.Destination));
    }

    [Fact]
    public async Task An_answer_comes_back_with_where_its_request_went_and_with_everything_known_of_it()
    {
        var world = new CaptureWorld();
        await world.RuleAsync(CaptureWorld.Post(Url, "{}"));
        var facts = new MessageFacts(MessageKind.Response, Direction.Inbound)
        {
            Status = 206, Content = ContentKind.Html, Charset = Charset.Of("text/html; charset=shift_jis", ContentKind.Html, []), Media = MediaHead.Of("image/png", "<html>"u8),
            Obstacles = Obstacle.InvalidText, Last = true, KeepsLength = true, Boundary = "xx"u8.ToArray(), Lead = 1, HeldBack = 2,
        };
        await world.RuleAsync(TestWorld.Body("<p>hello</p>", facts));
        var capture = world.Last;

        using var copy = capture.MakeMessage();
        var read = copy.Facts;
        Assert.Equal((206, ContentKind.Html, "shift_jis", Obstacle.InvalidText), (read.Status, read.Content, read.Charset!.Encoding!.WebName, read.Obstacles));
        Assert.Equal((true, true, true, 1, 2), (read.Last, read.KeepsLength, read.Media!.IsMislabelled, read.Lead, read.HeldBack));
        Assert.Equal("xx"u8, read.Boundary.Span);
        Assert.Equal("https://api.example.com", capture.MakeExchange(world.Exchange.Policy).Destination!.Origin);
    }

    [Theory]
    [InlineData("application/pdf", "%PDF-1.7 \0\u0001", false, true)]
    [InlineData("", "%PDF-1.7 \0\u0001", false, true)]
    [InlineData("text/plain", "%PDF-1.7 \0\u0001", true, false)]
    [InlineData("audio/ogg", "no sound", true, false)]
    public void What_is_known_of_media_comes_back(string type, string start, bool isMislabelled, bool isOpaque)
    {
        var head = MediaHead.Of(type, Encoding.UTF8.GetBytes(start))!;
        var copy = MediaHead.Restore(head.Label, head.Format?.Name ?? "");
        Assert.Equal((isMislabelled, isOpaque, head.Format), (copy.IsMislabelled, copy.IsOpaque, copy.Format));
        Assert.Equal((head.IsMislabelled, head.IsOpaque, head.IsDisguised), (copy.IsMislabelled, copy.IsOpaque, copy.IsDisguised));
    }

    [Fact]
    public async Task Secrets_are_replaced_where_they_stand_whether_they_were_refused_or_at_home()
    {
        var world = new CaptureWorld();
        var encoded = Convert.ToBase64String(Encoding.ASCII.GetBytes($"the key {s_secret} of mine"));
        await world.RuleAsync(CaptureWorld.Post($"{Url}?k={s_secret}&x=1", JsonSerializer.Serialize(new { memo = s_secret, other = "kept", coded = encoded }), ("x-note", s_secret)));
        await world.RuleAsync(CaptureWorld.Post("https://maps.googleapis.com/x", "{}", ("x-goog-api-key", s_secret)));

        foreach (var taken in world.Taken)
        {
            Assert.True(taken.AsSpan().IndexOf(Encoding.ASCII.GetBytes(s_secret)) < 0);
            Assert.True(taken.AsSpan().IndexOf(Encoding.ASCII.GetBytes(encoded)) < 0);
            Assert.Equal(CaptureContent.Replaced, Capture.Read(taken)!.Content);
        }

        using var copy = Capture.Read(world.Taken[0])!.MakeMessage();
        Assert.True(copy.TryFind(PartKind.Body, out var body));
        Assert.True(copy.TryFind(PartKind.Url, out var url));
        Assert.Equal("kept", JsonDocument.Parse(copy.Of(body).ToArray()).RootElement.GetProperty("other").GetString());
        Assert.Equal($"{Url}?k=%5BREDACTED%3Agoogle-api-key%3A1%5D&x=1", Encoding.ASCII.GetString(copy.Of(url)));
        Assert.Contains("x-goog-api-key: [REDACTED:google-api-key:1]", world.LastText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_an_edited_message_the_one_that_came_is_kept_without_its_secrets()
    {
        var world = new CaptureWorld("request_body_scanning: { action: redact }");
        Assert.True(await world.RuleAsync(CaptureWorld.Post(Url, $$"""{"memo":"{{s_secret}}"}""")));
        Assert.Equal((CaptureContent.Replaced, Effect.Redact), (world.Last.Content, world.Last.Record.Draft.Effect));
        Assert.Contains("[REDACTED:google-api-key:1]", world.LastText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_own_secret_is_replaced_in_what_comes_back_too()
    {
        const string Own = "Tz9-kQ2xV7pLm4RwY8nB3cJ6";
        var world = new CaptureWorld(policy: PolicyCompiler.Compile(PosternConfig.Default, new OwnSecrets("0123456789abcdef"u8.ToArray(), [new OwnSecret("TOKEN", new SecretText(Own))])).Policy);
        await world.RuleAsync(CaptureWorld.Post(Url, "{}"));
        await world.RuleAsync(TestWorld.Body($"you sent {Own} to me", new MessageFacts(MessageKind.Response, Direction.Inbound) { Status = 200, Whole = true }));
        Assert.True(world.Taken[^1].AsSpan().IndexOf(Encoding.ASCII.GetBytes(Own)) < 0);
        Assert.Contains("[REDACTED:", world.LastText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_window_keeps_its_length()
    {
        var world = new CaptureWorld();
        await world.RuleAsync(CaptureWorld.Post(Url, "{}"));
        var text = $"0123 {s_secret} 4567";
        await world.RuleAsync(TestWorld.Body(text, new MessageFacts(MessageKind.BodyWindow, Direction.Outbound) { Lead = 4, HeldBack = 4 }));
        Assert.Equal((CaptureContent.Replaced, text.Length), (world.Last.Content, world.LastText.Length));
        Assert.StartsWith("0123 [REDACTED:", world.LastText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_replaced_is_withheld_with_everything_that_was_read_from_it()
    {
        var world = new CaptureWorld();
        using var writer = new MessageWriter();
        writer.AddBorder(Encoding.ASCII.GetBytes(s_secret[..20]), Encoding.ASCII.GetBytes(s_secret[20..]));
        writer.Body(Encoding.ASCII.GetBytes(s_secret[20..]));
        await world.RuleAsync(writer.Seal(new MessageFacts(MessageKind.Event, Direction.Outbound)));
        Assert.Equal((CaptureContent.Withheld, 0), (world.Last.Content, world.Last.Bytes.Length));
        Assert.True(world.Taken[^1].AsSpan().IndexOf(Encoding.ASCII.GetBytes(s_secret[20..])) < 0);
        Assert.Throws<InvalidOperationException>(() => world.Last.MakeMessage());

        await world.RuleAsync(TestWorld.Request($"https://{s_secret.ToLowerInvariant().Replace('_', '-')}.example.com/{s_secret}"));
        Assert.True(world.Taken[^1].AsSpan().IndexOf(Encoding.ASCII.GetBytes(s_secret)) < 0);
    }

    [Fact]
    public async Task Raw_captures_keep_everything()
    {
        var world = new CaptureWorld(isRaw: true);
        Assert.False(await world.RuleAsync(CaptureWorld.Post(Url, $$"""{"memo":"{{s_secret}}"}""")));
        Assert.Equal(CaptureContent.Whole, world.Last.Content);
        Assert.Contains(s_secret, world.LastText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_message_is_cut_and_says_so()
    {
        var world = new CaptureWorld(maxBytes: 100);
        await world.RuleAsync(CaptureWorld.Post(Url, JsonSerializer.Serialize(new string('x', 500))));
        Assert.Equal((CaptureContent.Cut, 100), (world.Last.Content, world.Last.Bytes.Length));
    }

    [Fact]
    public async Task What_nobody_looked_at_is_not_captured_nor_what_has_no_record()
    {
        var world = new CaptureWorld();
        world.World.IsHalted = true;
        Assert.False(await world.RuleAsync(CaptureWorld.Post(Url, "{}")));
        (world.World.IsHalted, world.World.FailFrom) = (false, 1);
        Assert.False(await world.RuleAsync(CaptureWorld.Post(Url, "{}")));
        Assert.Empty(world.Taken);
    }

    [Fact]
    public async Task Any_byte_changed_or_cut_gives_a_capture_or_none_and_never_an_exception()
    {
        var world = new CaptureWorld();
        await world.RuleAsync(CaptureWorld.Post(Url, """{"a":1}""", ("accept", "x")));
        var taken = world.Taken[0];
        for (var at = 0; at < taken.Length; at++)
        {
            var flipped = taken.ToArray();
            flipped[at] ^= 0x15;
            Capture.Read(flipped)?.MakeMessage().Dispose();
            Assert.Null(Capture.Read(taken.AsMemory(0, at)));
        }
    }
}

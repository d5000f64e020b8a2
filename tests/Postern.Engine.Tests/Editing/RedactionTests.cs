using System.Text;
using System.Text.Json;
using Postern.Engine.Flow;
using Postern.Engine.Policy;
using Postern.Engine.Tests.Inspection;

namespace Postern.Engine.Tests.Editing;

public sealed class RedactionTests
{
    private const string Mark = "[REDACTED:aws-access-key-id:1]";
    private static readonly string s_key = EditWorld.Key;

    public static TheoryData<ContentKind, string, string> Bodies => new()
    {
        { ContentKind.Text, $"use {s_key} today", $"use {Mark} today" },
        { ContentKind.Json, $$"""{ "n" : 1.10e5,"memo":"use {{s_key}}","z":[ ] }""", $$"""{ "n" : 1.10e5,"memo":"use {{Mark}}","z":[ ] }""" },
        { ContentKind.Json, $$"""{"{{s_key}}":true}""", $$"""{"{{Mark}}":true}""" },
        { ContentKind.Json, "{\"a\":\"x\\n" + Escaped(s_key) + "\\ty\"}", "{\"a\":\"x\\n" + Mark + "\\ty\"}" },
        { ContentKind.Json, $$"""{"a":"{{Base64("it is " + s_key + " still")}}"}""", $$"""{"a":"{{Base64("it is " + s_key + " still")}}"}""" },
        { ContentKind.Form, $"a=1&memo={s_key}&b=%41", "a=1&memo=%5BREDACTED%3Aaws-access-key-id%3A1%5D&b=%41" },
        { ContentKind.Form, $"a=1&memo=%41{s_key[1..]}", "a=1&memo=%5BREDACTED%3Aaws-access-key-id%3A1%5D" },
        { ContentKind.Html, $"<p title=\"{s_key}\">hello</p>", $"<p title=\"{Mark}\">hello</p>" },
        { ContentKind.Text, Convert.ToHexStringLower(Encoding.ASCII.GetBytes(s_key)), Convert.ToHexStringLower(Encoding.ASCII.GetBytes(Mark)) },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Replaces_the_value_and_nothing_else(ContentKind content, string body, string expected)
    {
        var world = new EditWorld(EditWorld.Redact);

        var sent = world.Send(body, content);

        Assert.Null(world.Refused?.RuleId);
        if (expected == body)
        {
            // The run is edited in whole units of the encoding, so what is decoded says it.
            var text = Encoding.ASCII.GetString(Convert.FromBase64String(JsonDocument.Parse(sent!).RootElement.GetProperty("a").GetString()!));
            Assert.Contains(Mark, text, StringComparison.Ordinal);
            Assert.DoesNotContain(s_key, text, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(expected, sent);
        Assert.Equal(Effect.Redact, Assert.Single(world.Inner.Records).Effect);
    }

    [Fact]
    public void Sections_of_a_multipart_body_keep_their_delimiters_and_headers()
    {
        var world = new EditWorld(EditWorld.Redact);
        var body = $"--b\r\nContent-Disposition: form-data; name=\"k\"; filename=\"{EditWorld.OtherKey}.txt\"\r\n\r\n{s_key}\r\n--b--\r\n";

        var sent = world.Send(body, ContentKind.Multipart, "b");

        Assert.Equal("--b\r\nContent-Disposition: form-data; name=\"k\"; filename=\"[REDACTED:aws-access-key-id:1].txt\"\r\n\r\n[REDACTED:aws-access-key-id:2]\r\n--b--\r\n", sent);
    }

    [Fact]
    public void Header_values_are_edited_and_their_neighbours_are_not()
    {
        var world = new EditWorld(EditWorld.Redact);

        using var sent = world.Pass(TestWorld.Request("https://api.example.com/x", "GET", ("X-Note", s_key), ("X-After", "1")))!;

        Assert.Equal(["X-Note=" + Mark, "X-After=1"], Headers(sent));
    }

    [Fact]
    public void Equal_values_have_equal_numbers_throughout_the_conversation()
    {
        var world = new EditWorld(EditWorld.Redact);

        Assert.Equal($"{Mark} [REDACTED:aws-access-key-id:2] {Mark}", world.Send($"{s_key} {EditWorld.OtherKey} {s_key}"));
        Assert.Equal($"later {Mark}.", world.Send($"later {s_key}."));
    }

    [Fact]
    public void A_key_of_many_lines_goes_whole()
    {
        var world = new EditWorld(EditWorld.Redact);
        var line = "gqf+rvXi8//VsJYA2gxgP8sLyD3CfygEv0VECc65AY1qa47A7ZxkT7zmyqfggP9h\n";

        var sent = world.Send("before\n-----BEGIN " + "RSA PRIVATE KEY-----\n" + line + line + "-----END " + "RSA PRIVATE KEY-----\nafter");

        Assert.Null(world.Refused?.RuleId);
        Assert.StartsWith("before\n[REDACTED:pem-private-key", sent, StringComparison.Ordinal);
        Assert.EndsWith(":1]\nafter", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("gqf", sent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_frame_that_states_its_length_keeps_it()
    {
        var world = new EditWorld(EditWorld.Redact);
        var facts = new MessageFacts(MessageKind.Event, Direction.Outbound) { Whole = true, KeepsLength = true };

        var sent = world.Pass($"\u0001 {s_key} x", facts);

        Assert.Equal($"\u0001 {new string('*', s_key.Length)} x", sent);
    }

    [Fact]
    public void A_secret_on_its_way_in_is_replaced_where_the_policy_says_so()
    {
        Assert.Equal("the key " + Mark, new EditWorld("dlp: { response_action: redact }").Receive("the key " + s_key));
        Assert.Equal("the key " + s_key, new EditWorld(EditWorld.Redact).Receive("the key " + s_key));
        Assert.Null(new EditWorld("dlp: { response_action: block }").Receive("the key " + s_key));
    }

    [Fact]
    public void Only_classes_of_the_profile_are_replaced_and_others_refuse()
    {
        const string Profile = "redaction: { enabled: true, default_profile: cloud, profiles: [{ name: cloud, classes: [aws] }] }";
        Assert.Equal("the key " + Mark, new EditWorld(Profile).Send("the key " + s_key));
        Assert.Null(new EditWorld(Profile.Replace("[aws]", "[github]", StringComparison.Ordinal)).Send("the key " + s_key));
    }

    [Fact]
    public void A_policy_that_only_observes_edits_nothing()
    {
        var world = new EditWorld(EditWorld.Redact + "\nenforce: false");

        Assert.Equal("the key " + s_key, world.Send("the key " + s_key));

        Assert.Equal((Effect.Allow, Effect.Redact), (world.Inner.Records[0].Effect, world.Inner.Records[0].Observed));
    }

    private static List<string> Headers(Message message)
    {
        var lines = new List<string>();
        foreach (ref readonly var part in message.Parts)
        {
            if (part.Kind == PartKind.HeaderValue)
            {
                lines.Add(Encoding.ASCII.GetString(message.NameOf(part)) + "=" + Encoding.ASCII.GetString(message.Of(part)));
            }
        }

        return lines;
    }

    private static string Escaped(string text) => string.Concat(text.Select(c => $"\\u{(int)c:x4}"));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}

using System.Text.Json;
using Postern.Engine.Flow;
using Postern.Engine.Tests.Detection.Secrets;

namespace Postern.Engine.Tests.Editing;

/// <summary>What a rule saw is the beginning; nothing of the value is left behind it.</summary>
public sealed class KeyRedactionTests
{
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string, string> Keys => new(
        from key in PrivateKeyTests.Keys.Keys
        from dress in PrivateKeyTests.Dresses.Keys.Where(static dress => dress is not ("array" or "header and body"))
        select new TheoryDataRow<string, string>(key, dress));

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_key_goes_whole_in_any_dress(string key, string dress)
    {
        var world = new EditWorld(EditWorld.Redact);
        var text = PrivateKeyTests.Dresses[dress](PrivateKeyTests.Keys[key].Trim());

        AssertGone(world.Send("before\n" + text + "\nafter"), key);
        AssertGone(world.Send(JsonSerializer.Serialize(new { a = "before\n" + text + "\nafter", b = 1 }), ContentKind.Json), key);
    }

    [Theory]
    [InlineData("array")]
    [InlineData("header and body")]
    public void A_key_in_several_strings_leaves_whole_or_not_at_all(string dress)
    {
        foreach (var key in PrivateKeyTests.Keys.Keys)
        {
            var sent = new EditWorld(EditWorld.Redact).Send(PrivateKeyTests.Dresses[dress](PrivateKeyTests.Keys[key].Trim()), ContentKind.Json);
            AssertNothingLeft(sent ?? string.Empty, key);
        }
    }

    [Fact]
    public void An_array_of_lines_without_the_frame_is_refused()
    {
        var lines = PrivateKeyTests.Keys["RSA, PKCS #8"].Trim().Split('\n')[1..^1];
        Assert.Null(new EditWorld(EditWorld.Redact).Send(JsonSerializer.Serialize(lines), ContentKind.Json));
        Assert.Equal("[\"[REDACTED:pem-bare-private-key:1]\",2]",
            new EditWorld(EditWorld.Redact).Send("[\"" + string.Concat(lines) + "\",2]", ContentKind.Json));
    }

    [Fact]
    public void A_forged_closing_line_does_not_end_a_key()
    {
        const string End = "-----END PRIVATE KEY-----";
        var lines = PrivateKeyTests.Keys["RSA, PKCS #8"].Trim().Split('\n');
        foreach (var key in (string[])
        [
            string.Join('\n', [.. lines[..4], End, .. lines[4..]]),
            string.Join('\n', [.. lines[..4], End, .. lines[4..^1]]),
            string.Join('\n', [.. lines[..4], End, "and some words", .. lines[4..]]),
        ])
        {
            AssertGone(new EditWorld(EditWorld.Redact).Send("before\n" + key + "\nafter"), "RSA, PKCS #8");
        }
    }

    [Fact]
    public void Two_keys_leave_what_stands_between_them()
    {
        var key = PrivateKeyTests.Keys["P-256"].Trim();
        Assert.Equal("a [REDACTED:pem-private-key:1] b [REDACTED:pem-private-key:1] c", new EditWorld(EditWorld.Redact).Send($"a {key} b {key} c"));
    }

    [Theory]
    [InlineData("password = \"hV7#kQ2\\\"mZ9!xT4\" # end", "password = \"*\" # end")]
    [InlineData("password = 'hV7#kQ2\\'mZ9!xT4' # end", "password = '*' # end")]
    [InlineData("password = \"hV7#kQ2\\\\\\\"mZ9!xT4\" # end", "password = \"*\" # end")]
    [InlineData("password = \"hV7#kQ2\\\"mZ9\\\"xT4\" # \"end\"", "password = \"*\" # \"end\"")]
    [InlineData("password = \"hV7#kQ2mZ9!xT4\" # \"end\"", "password = \"*\" # \"end\"")]
    [InlineData("{ \"password\": \"hV7#kQ2\\\"mZ9!xT4\", \"b\": \"end\" }", "{ \"password\": \"*\", \"b\": \"end\" }")]
    public void An_escaped_quote_does_not_end_a_value(string text, string expected)
    {
        Assert.Equal(expected, Masked(new EditWorld(EditWorld.Redact).Send(text)));
        Assert.Equal(expected, Masked(JsonDocument.Parse(new EditWorld(EditWorld.Redact).Send(JsonSerializer.Serialize(new { a = text }, s_plain), ContentKind.Json)!).RootElement.GetProperty("a").GetString()));
    }

    private static void AssertGone(string? sent, string key)
    {
        Assert.NotNull(sent);
        Assert.Contains("before", sent, StringComparison.Ordinal);
        Assert.Contains("[REDACTED:pem-", sent, StringComparison.Ordinal);
        Assert.Contains("after", sent, StringComparison.Ordinal);
        AssertNothingLeft(sent, key);
    }

    private static void AssertNothingLeft(string sent, string key)
    {
        foreach (var line in PrivateKeyTests.Keys[key].Trim().Split('\n')[1..^1].Where(static line => line.Length > 4))
        {
            Assert.DoesNotContain(line[..Math.Min(16, line.Length)], sent, StringComparison.Ordinal);
        }
    }

    private static string? Masked(string? text) => text is null ? null : System.Text.RegularExpressions.Regex.Replace(text, "\\[REDACTED:[a-z0-9-]+:1\\]", "*");
}

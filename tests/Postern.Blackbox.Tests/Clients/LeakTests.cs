using System.Text;
using System.Text.Json;

namespace Postern.Blackbox.Tests.Clients;

/// <summary>A secret on its way out, however it is packed, in the clear and inside TLS.</summary>
public sealed class LeakTests
{
    private const string Rule = "secret.openai.project-key";

    // In pieces, so that this file does not look like a leak itself; the key is made up.
    private static readonly string s_secret = string.Concat("sk-", "proj-", "Zk3vQ8wLx2TnB7rYp5Hd");

    [NeedsTheory("curl nginx gzip")]
    [InlineData("header", """-H "X-Note: $LEAK" $origin/inbox""")]
    [InlineData("cookie", """-b "session=$LEAK" $origin/inbox""")]
    [InlineData("path", """$origin/inbox/$LEAK""")]
    [InlineData("query", """$origin/inbox?note=$LEAK""")]
    [InlineData("json", """--json "{\"memo\":{\"text\":\"the key is $LEAK\"}}" $origin/inbox""")]
    [InlineData("form", """--data-urlencode "memo=the key: $LEAK" $origin/inbox""")]
    [InlineData("multipart", """-F memo=hello -F "file=@note.txt" $origin/inbox""")]
    [InlineData("base64", """--json "{\"memo\":\"$(base64 -w0 note.txt)\"}" $origin/inbox""")]
    [InlineData("gzip", """-H "Content-Encoding: gzip" --data-binary @note.txt.gz $origin/inbox""")]
    public async Task A_secret_is_refused_and_repeated_nowhere(string variant, string request)
    {
        await using var stage = new Stage();
        var nginx = await stage.StartNginxAsync();
        stage.Environment["LEAK"] = s_secret;

        var output = await stage.SucceedAsync($$"""
            echo "please keep $LEAK for me" >note.txt
            gzip -k note.txt
            for origin in $PLAIN $TLS; do
              curl -sS -o /dev/null -w 'clean %{http_code}\n' $origin/hello
              curl -sS -D head -w ' %{http_code}\n' {{request}}
              tr -d '\r' <head | grep -i '^x-postern-block-reason:' | tr A-Z a-z
            done
            """);

        var refusals = output.Split('\n').Where(static line => line.StartsWith('{')).ToArray();
        Assert.Equal(2, refusals.Length);
        Assert.All(refusals, static line => Assert.EndsWith("} 403", line));
        Assert.All(refusals, static line => Assert.Equal("urn:postern:rule:" + Rule, JsonDocument.Parse(line[..^4]).RootElement.GetProperty("type").GetString()));
        Assert.Equal(2, Count(output, "x-postern-block-reason: " + Rule));
        Assert.Equal(2, Count(output, "clean 200"));
        Assert.Equal(["forward", "intercept"], stage.Rulings("deny").Where(Names(Rule)).Select(static record => record.GetProperty("transport").GetString()));
        Assert.Equal(2, nginx.Arrived.Length);
        Assert.All(nginx.Arrived, static line => Assert.Contains(" /hello ", line));
        AssertNowhere(stage, output, variant);
    }

    private static Func<JsonElement, bool> Names(string rule) =>
        record => record.GetProperty("findings").EnumerateArray().Any(finding => finding.GetProperty("rule").GetString() == rule);

    private static int Count(string text, string what) => text.Split(what).Length - 1;

    /// <summary>Neither as it is nor encoded, in nothing that the firewall said or wrote.</summary>
    private static void AssertNowhere(Stage stage, string output, string variant)
    {
        var bytes = Encoding.ASCII.GetBytes(s_secret);
        var written = Directory.GetFiles(stage.Home, "*", SearchOption.AllDirectories);
        Assert.NotEmpty(written);
        foreach (var text in written.Select(static file => File.ReadAllText(file, Encoding.Latin1)).Append(output))
        {
            Assert.False(text.Contains(s_secret, StringComparison.OrdinalIgnoreCase), variant);
            Assert.False(text.Contains(Convert.ToHexString(bytes), StringComparison.OrdinalIgnoreCase), variant);
            Assert.False(text.Contains(Convert.ToBase64String(bytes.AsSpan(0, bytes.Length / 3 * 3)), StringComparison.Ordinal), variant);
        }
    }
}

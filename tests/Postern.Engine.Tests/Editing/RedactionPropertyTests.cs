using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Postern.Engine.Flow;
using Postern.Engine.Tests.Views;

namespace Postern.Engine.Tests.Editing;

/// <summary>Random bodies with secrets at random places under random encodings: after the edit they parse, are the same elsewhere, and hold no secret.</summary>
public sealed class RedactionPropertyTests
{
    private static readonly string[] s_words = ["note", "memo", "the quick fox", "\\u00e9t\\u00e9", "1.50", "a\\tb", "x", "", "schön", "日本"];

    private static readonly (string Name, Func<string, string> Write, Func<string, string> Read)[] s_coats =
    [
        ("raw", static s => s, static s => s),
        ("base64", static s => Coat.Base64("see " + s + " there"), static s => Encoding.ASCII.GetString(Convert.FromBase64String(s))),
        ("base64url", static s => Coat.Base64Url(Encoding.ASCII.GetBytes("see " + s + " there")), static s => Encoding.ASCII.GetString(Convert.FromBase64String(s.Replace('-', '+').Replace('_', '/').PadRight((s.Length + 3) / 4 * 4, '=')))),
        ("hex", static s => Convert.ToHexString(Encoding.ASCII.GetBytes(s)), static s => Encoding.ASCII.GetString(Convert.FromHexString(s))),
        ("percent", Coat.Percent, Uri.UnescapeDataString),
        ("base64 in base64", static s => Coat.Base64("say " + Coat.Base64("see " + s + " there") + " ok"), static s => Encoding.ASCII.GetString(Convert.FromBase64String(s))),
    ];

    [Theory]
    [InlineData(ContentKind.Json)]
    [InlineData(ContentKind.Form)]
    [InlineData(ContentKind.Multipart)]
    [InlineData(ContentKind.Text)]
    public void Bodies_are_the_same_elsewhere_and_hold_no_secret(ContentKind content)
    {
        for (var seed = 1; seed <= 150; seed++)
        {
            var random = new Random(seed);
            var world = new EditWorld(EditWorld.Redact);
            var pieces = new List<string>();
            var coats = new List<int>();
            Build(content, random, pieces, coats);
            var body = string.Concat(pieces);

            var sent = world.Send(body, content, "bound");

            var what = $"seed {seed}, {string.Join(", ", coats.Select(static c => s_coats[c].Name))}: {body}\n-> {sent ?? world.Refused?.Detail}";
            Assert.True(sent is not null, what);
            var pattern = string.Concat(pieces.Select(static (piece, i) => i % 2 == 0 ? Regex.Escape(piece) : "(.*?)"));
            var match = Regex.Match(sent, "^" + pattern + "$", RegexOptions.Singleline, TimeSpan.FromSeconds(20));
            Assert.True(match.Success, what);
            for (var i = 0; i < coats.Count; i++)
            {
                var gap = match.Groups[i + 1].Value;
                var read = s_coats[coats[i]].Read(content == ContentKind.Form ? Uri.UnescapeDataString(gap) : gap);
                Assert.True(coats[i] == 5 || read.Contains("[REDACTED:aws-access-key-id:", StringComparison.Ordinal), what);
            }

            Assert.True(content != ContentKind.Json || Parses(sent), what);
            Assert.True(new EditWorld(string.Empty).Send(sent, content, "bound") == sent, what);
        }
    }

    /// <summary>Pieces in turn: what must stay, and a secret in its coat.</summary>
    private static void Build(ContentKind content, Random random, List<string> pieces, List<int> coats)
    {
        var fields = random.Next(1, 6);
        var fixedText = new StringBuilder(content switch { ContentKind.Json => "{" + Gap(random), _ => string.Empty });
        for (var i = 0; i < fields; i++)
        {
            fixedText.Append(content switch
            {
                ContentKind.Json => $"{(i > 0 ? "," + Gap(random) : "")}\"k{i}\"{Gap(random)}:{Gap(random)}\"",
                ContentKind.Form => $"{(i > 0 ? "&" : "")}k{i}=",
                ContentKind.Multipart => $"--bound\r\nContent-Disposition: form-data; name=\"k{i}\"\r\n\r\n",
                _ => $"line {i}: ",
            });
            fixedText.Append(Plain(content, random));
            if (random.Next(2) == 0 || i == 0)
            {
                var coat = random.Next(s_coats.Length);
                pieces.Add(fixedText.ToString() + Space(content));
                pieces.Add(Dress(content, s_coats[coat].Write(random.Next(2) == 0 ? EditWorld.Key : EditWorld.OtherKey)));
                coats.Add(coat);
                fixedText.Clear().Append(Space(content)).Append(Plain(content, random));
            }

            fixedText.Append(content switch
            {
                ContentKind.Json => $"\"{Gap(random)},\"n{i}\":{random.Next(99)}.{random.Next(9)}0e{random.Next(5)}",
                ContentKind.Multipart => "\r\n",
                ContentKind.Form => string.Empty,
                _ => "\n",
            });
        }

        fixedText.Append(content switch { ContentKind.Json => Gap(random) + "}", ContentKind.Multipart => "--bound--\r\n", _ => string.Empty });
        pieces.Add(fixedText.ToString());
    }

    private static string Dress(ContentKind content, string text) => content == ContentKind.Form ? Uri.EscapeDataString(text) : text;

    private static string Space(ContentKind content) => content == ContentKind.Form ? "+" : " ";

    private static string Gap(Random random) => random.Next(4) switch { 0 => " ", 1 => "\n\t", _ => string.Empty };

    private static string Plain(ContentKind content, Random random)
    {
        var word = s_words[random.Next(s_words.Length)];
        return content switch
        {
            ContentKind.Json => word,
            ContentKind.Form => Uri.EscapeDataString(word.Replace("\\", "", StringComparison.Ordinal)),
            _ => word.Replace("\\", "", StringComparison.Ordinal),
        };
    }

    private static bool Parses(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object;
    }
}

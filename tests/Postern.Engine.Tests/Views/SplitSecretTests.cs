using System.Text;
using Postern.Engine.Flow;
using Postern.Engine.Tests.Detection.Rules;

namespace Postern.Engine.Tests.Views;

/// <summary>A credential in pieces, with other things between them, in every place that has pieces.</summary>
public sealed class SplitSecretTests
{
    private const string Aws = "secret.aws.access-key-id";
    private const string Anthropic = "secret.anthropic.api-key";

    public static TheoryData<string, string> Splits
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var place in (ReadOnlySpan<string>)["json", "json array", "json names", "json in an object each", "form", "form names", "multipart", "query", "path", "labels", "path and query", "headers", "cookies"])
            {
                rows.Add(place, Aws);
                rows.Add(place, Anthropic);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Splits))]
    public void Finds_the_halves_with_filler_between(string place, string rule)
    {
        var (a, b) = Halves(rule);
        var seen = Send(place, [a, "garden", "bicycle", "x", b, "tail"]);
        Assert.True(seen.Rules.Contains(rule), place);
        Assert.All(seen.Origins, o => Assert.NotEmpty(o));
    }

    [Theory]
    [MemberData(nameof(Splits))]
    public void Finds_the_halves_in_the_other_order(string place, string rule)
    {
        var (a, b) = Halves(rule);
        Assert.True(Send(place, ["lead", b, "garden", a]).Rules.Contains(rule), place);
    }

    [Theory]
    [MemberData(nameof(Splits))]
    public void Finds_three_pieces_with_filler_between(string place, string rule)
    {
        var text = RuleFiles.Find(rule).Examples[0];
        var (first, second) = (text.Length / 3, text.Length * 2 / 3);
        var seen = Send(place, [text[..first], "garden", text[first..second], "bicycle", text[second..]]);
        Assert.True(seen.Rules.Contains(rule), place);
    }

    [Theory]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("/")]
    [InlineData(",")]
    [InlineData(" ")]
    [InlineData("|")]
    public void Finds_a_credential_with_separators_in_it(string separator)
    {
        var text = string.Join(separator, RuleFiles.Find(Aws).Examples[0].Chunk(4).Select(c => new string(c)));
        Assert.Contains(Aws, Scanned.Text("the key: " + text + " ok").Rules);
        Assert.Contains(Aws, Scanned.Text("{\"memo\":\"the key: " + text + " ok\"}", ContentKind.Json).Rules);
    }

    [Fact]
    public void Choosing_costs_no_more_than_its_bound()
    {
        var values = Enumerable.Range(0, 20).Select(i => $"p{i}X" + new string('Y', 100)).ToArray();
        var seen = new Seen(Encoding.ASCII.GetBytes(Json(values)), ContentKind.Json);
        Assert.InRange(seen.Views.Sum(v => (long)v.Bytes.Length), 1, 200_000);
        Assert.Empty(seen.Misses);
    }

    private static Scanned Send(string place, string[] pieces) => place switch
    {
        "json" => Scanned.Text(Json(pieces), ContentKind.Json),
        "json array" => Scanned.Text("[" + string.Join(",", pieces.Select(p => $"\"{p}\"")) + "]", ContentKind.Json),
        "json names" => Scanned.Text("{" + string.Join(",", pieces.Select(p => $"\"{p}\":true")) + "}", ContentKind.Json),
        "json in an object each" => Scanned.Text("[" + string.Join(",", pieces.Select(p => $"{{\"id\":7,\"note\":\"some words\",\"v\":\"{p}\"}}")) + "]", ContentKind.Json),
        "form" => Scanned.Text(Form(pieces), ContentKind.Form),
        "form names" => Scanned.Text(string.Join("&", pieces.Select(p => $"{p}=1")), ContentKind.Form),
        "multipart" => new Scanned(Encoding.ASCII.GetBytes(string.Concat(pieces.Select((p, i) => $"--b\r\nContent-Disposition: form-data; name=\"f{i}\"\r\n\r\n{p}\r\n")) + "--b--"), ContentKind.Multipart, boundary: "b"),
        "query" => Scanned.Text("https://a.example/get?" + Form(pieces), part: PartKind.Url),
        "path" => Scanned.Text("https://a.example/v1/" + string.Join("/", pieces), part: PartKind.Url),
        "labels" => Scanned.Text("https://" + string.Join(".", pieces) + ".a.example/", part: PartKind.Url),
        "path and query" => Scanned.Text("https://a.example/" + pieces[0] + "/" + pieces[1] + "?" + Form(pieces[2..]), part: PartKind.Url),
        "headers" => Scanned.Text(string.Concat(pieces.Select((p, i) => $"x-h{i}: {p}\n")), part: PartKind.HeaderValue),
        _ => Scanned.Text("cookie: " + string.Join("; ", pieces.Select((p, i) => $"c{i}={p}")) + "\n", part: PartKind.HeaderValue),
    };

    private static string Json(string[] pieces) => "{" + string.Join(",", pieces.Select((p, i) => $"\"k{i}\":\"{p}\"")) + "}";

    private static string Form(string[] pieces) => string.Join("&", pieces.Select((p, i) => $"k{i}={p}"));

    private static (string First, string Second) Halves(string rule)
    {
        var text = RuleFiles.Find(rule).Examples[0];
        return (text[..(text.Length / 2)], text[(text.Length / 2)..]);
    }
}

using System.Text;
using System.Text.Json;

namespace Postern.Bench.Matching;

/// <summary>The kinds of text the matcher is timed on: from a folder of real traffic when given, else generated.</summary>
internal static class BenchCorpora
{
    private const int Bytes = 1 << 20;

    private static readonly string[] s_words =
    [
        "the", "of", "and", "a", "to", "in", "is", "you", "that", "request", "server", "value", "response", "when", "can", "will",
        "configuration", "file", "default", "returns", "function", "with", "should", "token", "user", "example", "previous", "system",
        "message", "description", "option", "between", "security", "authentication", "password", "instruction", "access", "number",
    ];

    /// <summary>Name and text of each corpus that is asked for.</summary>
    public static IEnumerable<(string Name, byte[] Text)> Chosen(BenchOptions options) =>
        All(options.Data).Where(corpus => corpus.Name.Contains(options.Only, StringComparison.Ordinal));

    /// <summary>Name and text of each corpus.</summary>
    public static IEnumerable<(string Name, byte[] Text)> All(string? directory)
    {
        var english = Sized(From(directory, "markdown-*") ?? English());
        yield return ("English", english);
        yield return ("HTML", Sized(From(directory, "html-*") ?? Html(english)));
        yield return ("JSON", Sized(From(directory, "api-json-*") ?? Json(english)));
        yield return ("base64", Sized(Encoding.ASCII.GetBytes(Convert.ToBase64String(Noise(Bytes)))));
        yield return ("minified JS", Sized(From(directory, "minified-*.js.txt") ?? Minified()));
        yield return ("chat JSON", Sized(Chat(english)));
        yield return ("source", Sized(From(directory, "code-*") ?? Minified()));
        yield return ("log", Sized(From(directory, "log-*") ?? Json(english)));
        yield return ("diff", Sized(From(directory, "diff-*") ?? Html(english)));
    }

    private static byte[]? From(string? directory, string pattern)
    {
        if (directory is null)
        {
            return null;
        }

        var text = Directory.GetFiles(directory, pattern).Order(StringComparer.Ordinal).SelectMany(File.ReadAllBytes).ToArray();
        return text.Length == 0 ? null : text;
    }

    private static byte[] Sized(byte[] text)
    {
        var sized = new byte[Bytes];
        for (var at = 0; at < Bytes; at += text.Length)
        {
            text.AsSpan(0, Math.Min(text.Length, Bytes - at)).CopyTo(sized.AsSpan(at));
        }

        return sized;
    }

    private static byte[] Noise(int count)
    {
        var noise = new byte[count];
        new Random(11).NextBytes(noise);
        return noise;
    }

    private static byte[] English()
    {
        var random = new Random(1);
        var text = new StringBuilder();
        while (text.Length < Bytes)
        {
            text.Append(s_words[random.Next(s_words.Length)]).Append(random.Next(12) switch { 0 => ", ", 1 => ".\n", _ => " " });
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static byte[] Html(byte[] english) => Encoding.ASCII.GetBytes(
        string.Concat(Encoding.ASCII.GetString(english).Split('\n').Select(line => $"<li class=\"item\"><a href=\"/docs/{line.Length}.html#id\">{line}</a></li>\n")));

    private static byte[] Json(byte[] english) => Encoding.ASCII.GetBytes(
        string.Concat(Encoding.ASCII.GetString(english).Split('\n').Select(line => $"{{\"id\": {line.Length * 7919}, \"node_id\": \"MDQ6VXNlcj{line.Length}\", \"url\": \"https://api.example.test/{line.Length}\", \"body\": \"{line}\"}},\n")));

    private static byte[] Minified()
    {
        var random = new Random(2);
        var text = new StringBuilder();
        while (text.Length < Bytes)
        {
            text.Append("function ").Append((char)('a' + random.Next(26))).Append("(e,t){return e.").Append(s_words[random.Next(s_words.Length)]).Append("&&(t=").Append(random.Next(999)).Append(",e[t]||null)}");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static byte[] Chat(byte[] english)
    {
        var text = new StringBuilder("{\"model\":\"some-model\",\"messages\":[");
        var whole = Encoding.UTF8.GetString(english);
        for (var at = 0; at + 600 < whole.Length; at += 600)
        {
            text.Append("{\"role\":\"user\",\"content\":").Append(JsonSerializer.Serialize(whole.Substring(at, 600), ChatJson.Default.String)).Append("},");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}

using System.Text;
using System.Text.Json;

namespace Postern.Program.Benching;

/// <summary>Texts to measure on, made from a seed: always the same. The development benchmarks use them too.</summary>
internal static class BenchTexts
{
    private static readonly string[] s_words =
    [
        "the", "of", "and", "a", "to", "in", "is", "you", "that", "request", "server", "value", "response", "when", "can", "will",
        "configuration", "file", "default", "returns", "function", "with", "should", "token", "user", "example", "previous", "system",
        "message", "description", "option", "between", "security", "authentication", "password", "instruction", "access", "number",
    ];

    /// <summary>Each kind by name, of so many bytes.</summary>
    public static IEnumerable<(string Name, byte[] Text)> All(int bytes)
    {
        var english = English(bytes);
        yield return ("English", english);
        yield return ("HTML", Sized(Html(english), bytes));
        yield return ("JSON", Sized(Json(english), bytes));
        yield return ("base64", Sized(Encoding.ASCII.GetBytes(Convert.ToBase64String(Noise(bytes))), bytes));
        yield return ("minified JS", Minified(bytes));
        yield return ("chat JSON", Sized(Chat(english), bytes));
    }

    /// <summary>A text repeated or cut to a length.</summary>
    public static byte[] Sized(byte[] text, int bytes)
    {
        var sized = new byte[bytes];
        for (var at = 0; at < bytes; at += text.Length)
        {
            text.AsSpan(0, Math.Min(text.Length, bytes - at)).CopyTo(sized.AsSpan(at));
        }

        return sized;
    }

    private static byte[] Noise(int count)
    {
        var noise = new byte[count];
        new Random(11).NextBytes(noise);
        return noise;
    }

    private static byte[] English(int bytes)
    {
        var random = new Random(1);
        var text = new StringBuilder();
        while (text.Length < bytes)
        {
            text.Append(s_words[random.Next(s_words.Length)]).Append(random.Next(12) switch { 0 => ", ", 1 => ".\n", _ => " " });
        }

        return Sized(Encoding.ASCII.GetBytes(text.ToString()), bytes);
    }

    private static byte[] Html(byte[] english) => Encoding.ASCII.GetBytes(
        string.Concat(Encoding.ASCII.GetString(english).Split('\n').Select(line => $"<li class=\"item\"><a href=\"/docs/{line.Length}.html#id\">{line}</a></li>\n")));

    private static byte[] Json(byte[] english) => Encoding.ASCII.GetBytes(
        string.Concat(Encoding.ASCII.GetString(english).Split('\n').Select(line => $"{{\"id\": {line.Length * 7919}, \"node_id\": \"MDQ6VXNlcj{line.Length}\", \"url\": \"https://api.example.test/{line.Length}\", \"body\": \"{line}\"}},\n")));

    private static byte[] Minified(int bytes)
    {
        var random = new Random(2);
        var text = new StringBuilder();
        while (text.Length < bytes)
        {
            text.Append("function ").Append((char)('a' + random.Next(26))).Append("(e,t){return e.").Append(s_words[random.Next(s_words.Length)]).Append("&&(t=").Append(random.Next(999)).Append(",e[t]||null)}");
        }

        return Sized(Encoding.ASCII.GetBytes(text.ToString()), bytes);
    }

    private static byte[] Chat(byte[] english)
    {
        var text = new StringBuilder("{\"model\":\"some-model\",\"messages\":[");
        var whole = Encoding.UTF8.GetString(english);
        for (var at = 0; at + 600 < whole.Length; at += 600)
        {
            text.Append("{\"role\":\"user\",\"content\":").Append('"').Append(JsonEncodedText.Encode(whole.AsSpan(at, 600))).Append("\"},");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}

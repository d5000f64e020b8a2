using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Postern.Engine.Tests.Detection.Rules;

/// <summary>
/// Ways in which a value stands inside other text. Where a syntax escapes characters, the second text is what the
/// views make of it; a rule must match in one of the two.
/// </summary>
internal static class HostSyntax
{
    private static readonly JsonSerializerOptions s_relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static readonly (string Name, Func<string, string[]> Write)[] ForSecrets =
    [
        ("plain", v => [v]),
        ("json", v => [$$"""{"memo":{{Json(v)}},"n":1}"""]),
        ("yaml", v => [$"service:\n  memo: {v}\n  replicas: 2\n"]),
        ("yaml quoted", v => [$"memo: '{v.Replace("'", "''", StringComparison.Ordinal)}'\n"]),
        ("env file", v => [$"# settings\nMEMO={v}\nPORT=80\n"]),
        ("url query", v => [$"https://x.test/p?memo={Uri.EscapeDataString(v)}&next=1", $"memo={v}&next=1"]),
        ("header", v => [$"X-Memo: {v}\r\nAccept: */*\r\n"]),
        ("go", v => [$"const memo = {Json(v)}\n"]),
        ("python", v => [$"MEMO = {Json(v)}\n"]),
        ("java", v => [$"    String memo = {Json(v)};\n"]),
        ("c#", v => [$"var memo = {Json(v)};\n"]),
        ("markdown", v => [$"Use `{v}` to log in.\n"]),
        ("shell", v => [$"export MEMO={v}\n"]),
        ("toml", v => [$"[memo]\nvalue = {Json(v)}\n"]),
        ("xml element", v => [$"<memo>{WebUtility.HtmlEncode(v)}</memo>", $"<memo>{v}</memo>"]),
        ("xml attribute", v => [$"<memo value=\"{WebUtility.HtmlEncode(v)}\"/>", $"value=\"{v}\"/>"]),
        ("sql", v => [$"INSERT INTO memo VALUES (1, '{v.Replace("'", "''", StringComparison.Ordinal)}');"]),
        ("html", v => [$"<p>The memo is {WebUtility.HtmlEncode(v)}</p>", $"The memo is {v}</p>"]),
    ];

    public static readonly (string Name, Func<string, string[]> Write)[] ForInjections =
    [
        ("plain", v => [v]),
        ("json", v => [$$"""{"body":{{Json("Hello.\n" + v + "\nBye.")}}}"""]),
        ("markdown", v => [$"# Notes\n\n> {v}\n\nMore text.\n"]),
        ("html", v => [$"<p>Hello</p>\n{WebUtility.HtmlEncode(v)}\n<p>Bye</p>", $"<p>Hello</p>\n{v}\n<p>Bye</p>"]),
        ("code comment", v => [$"int x = 1;\n// note\n {v}\nint y;\n"]),
        ("upper case", v => [v.ToUpperInvariant(), v]),
        ("typographic", v => [$"\u201c\n{v}\u201d\u00a0\u2014 end"]),
    ];

    private static string Json(string text) => JsonSerializer.Serialize(text, s_relaxed);
}

using System.Collections.Frozen;
using System.Text;
using System.Text.Json.Nodes;
using Postern.Program.Checkup;
using Postern.Sandbox;
using Postern.Transports.Control.Simulation;

namespace Postern.Program.Posture;

/// <summary>The ways in which a payload travels. Each says whether it arrived at the other side as it was sent.</summary>
internal static class Carriers
{
    private const int TlsPort = 443;

    /// <summary>By the names that scenarios use.</summary>
    public static FrozenDictionary<string, Func<Stage, string, CancellationToken, Task<bool>>> All { get; } = new Dictionary<string, Func<Stage, string, CancellationToken, Task<bool>>>
    {
        ["body"] = static (stage, payload, cancel) => SendAsync(stage, payload, stage.Caller.AskAsync(Post(stage, payload, ""), cancel)),
        ["body-gzip"] = static (stage, payload, cancel) => SendAsync(stage, payload, stage.Caller.AskAsync(Post(stage, payload, "Content-Encoding: gzip\r\n"), cancel)),
        ["form"] = static (stage, payload, cancel) => SendAsync(stage, payload, stage.Caller.AskAsync(Post(stage, payload, "Content-Type: application/x-www-form-urlencoded\r\n"), cancel)),
        ["header"] = static (stage, payload, cancel) => SendAsync(stage, payload, stage.Caller.AskAsync(Get($"http://{stage.Host}/", stage.Host, $"X-Note: {payload}\r\n"), cancel)),
        ["url"] = UrlAsync,
        ["visit"] = VisitAsync,
        ["fetch-visit"] = static (stage, payload, cancel) => SendAsync(stage, "", FetchAsync(stage, payload, cancel)),
        ["tunnel"] = static (stage, payload, cancel) => SendAsync(stage, "", stage.Caller.AskThroughTunnelAsync(payload, TlsPort, Get("/", payload), cancel)),
        ["tunnel-port"] = static (stage, payload, cancel) => SendAsync(stage, "", stage.Caller.AskThroughTunnelAsync(stage.Host, Number(payload), Get("/", stage.Host), cancel)),
        ["long-url"] = static (stage, payload, cancel) => UrlAsync(stage, "/" + string.Join('/', Enumerable.Repeat("word", Number(payload) / 5)), cancel),
        ["halted"] = HaltedAsync,
        ["evidence"] = static (stage, payload, _) => Task.FromResult(EvidenceProbe.Holds(stage.Firewall.EvidenceDirectory, payload)),
        ["contained"] = ContainedAsync,
        ["tls-body"] = static (stage, payload, cancel) => SendAsync(stage, payload, stage.Caller.AskThroughTunnelAsync(stage.Host, TlsPort, Post(stage, payload, "", "/"), cancel)),
        ["socket"] = static (stage, payload, cancel) => SendAsync(stage, payload, stage.Caller.SayAsync(new Uri($"ws://{stage.Host}/feed"), payload, cancel)),
        ["page"] = static (stage, payload, cancel) => ReadAsync(stage, payload, "text/plain", () => stage.Caller.AskAsync(Get($"http://{stage.Host}/page", stage.Host), cancel)),
        ["html"] = static (stage, payload, cancel) => ReadAsync(stage, payload, "text/html", () => stage.Caller.AskAsync(Get($"http://{stage.Host}/page", stage.Host), cancel)),
        ["svg"] = static (stage, payload, cancel) => ReadAsync(stage, payload, "image/svg+xml", () => stage.Caller.AskAsync(Get($"http://{stage.Host}/logo.svg", stage.Host), cancel)),
        ["audio"] = static (stage, payload, cancel) => ReadAsync(stage, payload, "audio/mpeg", () => stage.Caller.AskAsync(Get($"http://{stage.Host}/a.mp3", stage.Host), cancel)),
        ["image"] = static (stage, payload, cancel) => ReadAsync(stage, payload, "image/png", () => stage.Caller.AskAsync(Get($"http://{stage.Host}/a.png", stage.Host), cancel)),
        ["tls-page"] = static (stage, payload, cancel) => ReadAsync(stage, payload, "text/plain", () => stage.Caller.AskThroughTunnelAsync(stage.Host, TlsPort, Get("/page", stage.Host), cancel)),
        ["fetch"] = static (stage, payload, cancel) => ReadAsync(stage, payload, "text/plain", () => FetchAsync(stage, $"http://{stage.Host}/page", cancel)),
        ["events"] = static (stage, payload, cancel) => ReadAsync(stage, payload, "text/event-stream", () => stage.Caller.AskAsync(Get($"http://{stage.Host}/events", stage.Host), cancel), static text => $"data: {text}\n\n"),
        ["socket-answer"] = static (stage, payload, cancel) => ReadAsync(stage, payload, "text/plain", () => stage.Caller.SayAsync(new Uri($"ws://{stage.Host}/feed"), "next", cancel)),
        ["call"] = CallAsync,
        ["unlisted"] = static (stage, payload, cancel) => TryCallAsync(stage, payload, cancel),
        ["result"] = ResultAsync,
        ["tool"] = static (stage, payload, cancel) => ListAsync(stage, McpScript.Tool("search", payload), McpScript.Quoted(payload), cancel),
        ["schema"] = static (stage, payload, cancel) => ListAsync(stage, Schema(payload), McpScript.Quoted(payload), cancel),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static async Task<bool> SendAsync(Stage stage, string payload, Task<string> asked)
    {
        await asked.ConfigureAwait(false);
        return stage.HasArrived(payload);
    }

    private static async Task<bool> ReadAsync(Stage stage, string payload, string mediaType, Func<Task<string>> ask, Func<string, string>? frame = null)
    {
        var answer = new SimulatedAnswer(mediaType, frame?.Invoke(payload) ?? payload);
        stage.Answering(_ => answer);
        return (await ask().ConfigureAwait(false)).Contains(payload, StringComparison.Ordinal);
    }

    private static Task<string> FetchAsync(Stage stage, string url, CancellationToken cancel) =>
        stage.Caller.AskAsync(Get("/fetch?url=" + Uri.EscapeDataString(url), "localhost"), cancel);

    private static Task<bool> UrlAsync(Stage stage, string payload, CancellationToken cancel) =>
        SendAsync(stage, payload, stage.Caller.AskAsync(Get($"http://{stage.Host}{payload}", stage.Host), cancel));

    private static Task<bool> VisitAsync(Stage stage, string payload, CancellationToken cancel) =>
        SendAsync(stage, "", stage.Caller.AskAsync(Get(payload, AuthorityOf(payload)), cancel));

    private static int Number(string payload) => int.Parse(payload, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>True when a contained command has this way open; of the twin, that it could be asked at all.</summary>
    private static async Task<bool> ContainedAsync(Stage stage, string payload, CancellationToken cancel)
    {
        try
        {
            var results = await stage.ContainedAsync(cancel).ConfigureAwait(false);
            return payload == "answers"
                ? results.All(static result => result.Advice != EgressCheck.NoAnswer)
                : results.All(result => result.Name != EgressCheck.Prefix + payload || result.Health != Health.Ok);
        }
        catch (ContainmentException)
        {
            // Nothing can be contained here: everything is open.
            return payload != "answers";
        }
    }

    private static async Task<bool> HaltedAsync(Stage stage, string payload, CancellationToken cancel)
    {
        stage.Firewall.Switch.Toggle();
        try
        {
            return await VisitAsync(stage, payload, cancel).ConfigureAwait(false);
        }
        finally
        {
            stage.Firewall.Switch.Toggle();
        }
    }

    /// <summary>A call of a tool that the server listed, written as its name, a space and its arguments.</summary>
    private static async Task<bool> CallAsync(Stage stage, string payload, CancellationToken cancel)
    {
        var name = payload[..payload.IndexOf(' ', StringComparison.Ordinal)];
        if (!stage.Server.Tools.Any(tool => (string?)tool!["name"] == name))
        {
            stage.Server.Tools.Add((JsonNode)McpScript.Tool(name, "Does what its name says."));
            await RpcAsync(stage, "tools/list", "{}", cancel).ConfigureAwait(false);
        }

        return await TryCallAsync(stage, payload, cancel).ConfigureAwait(false);
    }

    private static async Task<bool> TryCallAsync(Stage stage, string payload, CancellationToken cancel)
    {
        var space = payload.IndexOf(' ', StringComparison.Ordinal);
        await stage.McpAsync(cancel).ConfigureAwait(false);
        stage.HasArrived("");
        await RpcAsync(stage, "tools/call", $$"""{"name":"{{payload[..space]}}","arguments":{{payload[(space + 1)..]}}}""", cancel).ConfigureAwait(false);
        return stage.HasArrived(payload[(space + 1)..]);
    }

    private static async Task<bool> ResultAsync(Stage stage, string payload, CancellationToken cancel)
    {
        stage.Server.Result = payload;
        if (stage.Server.Tools.Count == 0)
        {
            stage.Server.Tools.Add((JsonNode)McpScript.Tool("search", "Searches the documentation."));
            await RpcAsync(stage, "tools/list", "{}", cancel).ConfigureAwait(false);
        }

        var answer = await RpcAsync(stage, "tools/call", """{"name":"search","arguments":{"query":"status"}}""", cancel).ConfigureAwait(false);
        return answer.Contains(McpScript.Quoted(payload), StringComparison.Ordinal);
    }

    private static async Task<bool> ListAsync(Stage stage, JsonObject tool, string telling, CancellationToken cancel)
    {
        stage.Server.Tools = new JsonArray(tool);
        var answer = await RpcAsync(stage, "tools/list", "{}", cancel).ConfigureAwait(false);
        return answer.Contains(telling, StringComparison.Ordinal);
    }

    private static JsonObject Schema(string description)
    {
        var tool = McpScript.Tool("search", "Searches the documentation.");
        tool["inputSchema"]!["properties"] = new JsonObject { ["query"] = new JsonObject { ["type"] = "string", ["description"] = description } };
        return tool;
    }

    private static async Task<string> RpcAsync(Stage stage, string method, string parameters, CancellationToken cancel)
    {
        var listener = await stage.McpAsync(cancel).ConfigureAwait(false);
        var body = Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":{{stage.NextId()}},"method":"{{method}}","params":{{parameters}}}""");
        var head = $"POST /mcp HTTP/1.1\r\nHost: {listener}\r\nConnection: close\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\nContent-Length: {body.Length}\r\n\r\n";
        return await SimulatedAgent.AskAsync(listener, [.. Encoding.ASCII.GetBytes(head), .. body], cancel).ConfigureAwait(false);
    }

    private static byte[] Get(string target, string host, string headers = "") =>
        Encoding.Latin1.GetBytes($"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n");

    private static byte[] Post(Stage stage, string payload, string headers, string? target = null)
    {
        var body = Encoding.UTF8.GetBytes(payload);
        body = headers.Contains("gzip", StringComparison.Ordinal) ? SyntheticValues.Gzip(body) : body;
        var type = headers.Contains("Content-Type", StringComparison.Ordinal) ? "" : payload.StartsWith('{') ? "Content-Type: application/json\r\n" : "Content-Type: text/plain\r\n";
        var head = $"POST {target ?? $"http://{stage.Host}/notes"} HTTP/1.1\r\nHost: {stage.Host}\r\nConnection: close\r\n{headers}{type}Content-Length: {body.Length}\r\n\r\n";
        return [.. Encoding.ASCII.GetBytes(head), .. body];
    }

    private static string AuthorityOf(string url)
    {
        var begin = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = url.AsSpan(begin).IndexOfAny('/', '?');
        var authority = end < 0 ? url[begin..] : url.Substring(begin, end);
        return authority[(authority.LastIndexOf('@') + 1)..];
    }
}

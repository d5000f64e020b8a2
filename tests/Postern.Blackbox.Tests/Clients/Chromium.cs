using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;

namespace Postern.Blackbox.Tests.Clients;

/// <summary>A real browser with one page, driven over its debugging protocol.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string Mark = "DevTools listening on ";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly BackgroundProcess _process;
    private readonly ClientWebSocket _wire = new();
    private readonly List<string> _complaints = [];
    private string _session = "";
    private int _last;

    private Chromium(BackgroundProcess process) => _process = process;

    /// <summary>What the page complained about: errors of scripts, and whatever its policy stopped.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Opens a page.</summary>
    public static async Task<Chromium> OpenAsync(string url, string profile)
    {
        var start = new ProcessStartInfo(Programs.PathOf("chromium"),
        [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run",
            "--window-size=1280,1700", "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank",
        ]);
        var browser = new Chromium(await BackgroundProcess.StartAsync(start, Mark));
        var line = browser._process.ReadyLine;
        await browser._wire.ConnectAsync(new Uri(line[(line.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..]), TestContext.Current.CancellationToken);
        var target = (await browser.AskAsync("Target.createTarget", new { url = "about:blank" })).GetProperty("targetId").GetString();
        browser._session = (await browser.AskAsync("Target.attachToTarget", new { targetId = target, flatten = true })).GetProperty("sessionId").GetString()!;
        await browser.AskAsync("Runtime.enable", new { });
        await browser.AskAsync("Log.enable", new { });
        await browser.AskAsync("Page.navigate", new { url });
        return browser;
    }

    /// <summary>The value of an expression, as JSON; promises are waited for.</summary>
    public async Task<JsonElement> EvaluateAsync(string expression)
    {
        var said = await AskAsync("Runtime.evaluate", new { expression, returnByValue = true, awaitPromise = true });
        Assert.False(said.TryGetProperty("exceptionDetails", out var fault), fault.ToString());
        return said.GetProperty("result").TryGetProperty("value", out var value) ? value : default;
    }

    /// <summary>Returns when an expression is true.</summary>
    public async Task UntilAsync(string expression)
    {
        var value = await EvaluateAsync($$"""
            new Promise(done => {
              const end = Date.now() + {{s_patience.TotalMilliseconds}};
              (function look() {
                const is = (() => { try { return {{expression}}; } catch { return false; } })();
                is || Date.now() > end ? done(!!is) : setTimeout(look, 30);
              })();
            })
            """);
        Assert.True(value.GetBoolean(), $"never: {expression}\n{await EvaluateAsync("document.body.innerText")}\n{string.Join('\n', _complaints)}");
    }

    /// <summary>Types a text, as a person does.</summary>
    public Task TypeAsync(string text) => AskAsync("Input.insertText", new { text });

    /// <summary>Presses a key.</summary>
    public async Task PressAsync(string key)
    {
        var text = key == "Enter" ? "\r" : key.Length == 1 ? key : "";
        var code = key switch { "Enter" => 13, "Tab" => 9, _ => char.ToUpperInvariant(key[0]) };
        await AskAsync("Input.dispatchKeyEvent", new { type = "keyDown", key, text, windowsVirtualKeyCode = code });
        await AskAsync("Input.dispatchKeyEvent", new { type = "keyUp", key, windowsVirtualKeyCode = code });
    }

    /// <summary>Light or dark, as the user's system says.</summary>
    public Task PreferAsync(string scheme) => AskAsync("Emulation.setEmulatedMedia", new { features = new[] { new { name = "prefers-color-scheme", value = scheme } } });

    /// <summary>A picture of the page.</summary>
    public async Task<byte[]> PictureAsync() => Convert.FromBase64String((await AskAsync("Page.captureScreenshot", new { format = "png" })).GetProperty("data").GetString()!);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _wire.Dispose();
        await _process.DisposeAsync();
    }

    /// <summary>One command at a time; what else comes meanwhile is looked through for complaints.</summary>
    private async Task<JsonElement> AskAsync(string method, object parameters)
    {
        using var patience = new CancellationTokenSource(s_patience * 2);
        var id = ++_last;
        object command = _session.Length > 0 ? new { id, method, @params = parameters, sessionId = _session } : new { id, method, @params = parameters };
        await _wire.SendAsync(JsonSerializer.SerializeToUtf8Bytes(command), WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        while (true)
        {
            var said = await ReceiveAsync(patience.Token);
            if (said.TryGetProperty("id", out var answered) && answered.GetInt32() == id)
            {
                return said.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException($"{method}: {said}");
            }

            if (said.TryGetProperty("method", out var named) && (named.GetString() == "Runtime.exceptionThrown" || IsError(named.GetString()!, said)))
            {
                _complaints.Add(said.ToString());
            }
        }
    }

    private static bool IsError(string method, JsonElement said) =>
        method == "Log.entryAdded" && said.GetProperty("params").GetProperty("entry") is var entry
        && entry.GetProperty("level").GetString() == "error" && entry.GetProperty("source").GetString() != "network";

    private async Task<JsonElement> ReceiveAsync(CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        var room = new byte[64 * 1024];
        ValueWebSocketReceiveResult piece;
        do
        {
            piece = await _wire.ReceiveAsync(room.AsMemory(), cancel);
            bytes.Write(room.AsSpan(0, piece.Count));
        }
        while (!piece.EndOfMessage);
        using var document = JsonDocument.Parse(bytes.ToArray());
        return document.RootElement.Clone();
    }
}

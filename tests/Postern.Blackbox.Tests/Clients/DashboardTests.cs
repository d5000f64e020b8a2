using System.Net;
using System.Text;

namespace Postern.Blackbox.Tests.Clients;

/// <summary>The operator's page in a real browser, used by keyboard, over the built program.</summary>
public sealed class DashboardTests : IAsyncDisposable
{
    private const string Asked = "Xk29fjw0qLmz81Qp";
    private static readonly string s_key = "AKIA" + "Q7XZ2LMNB4KDR9TV";

    private readonly PosternProcess _postern = new();
    private readonly int _port = Ports.Free();
    private readonly int _controlPort = Ports.Free();
    private BackgroundProcess? _program;
    private Chromium? _browser;

    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? default);
        await (_program?.DisposeAsync() ?? default);
        _postern.Dispose();
    }

    [NeedsFact("linux chromium")]
    public async Task An_operator_watches_approves_and_stops_by_keyboard_and_sees_no_secret()
    {
        await using var upstream = new TinyUpstream(new UpstreamTrust(_postern.Directory));
        var browser = await OpenAsync();
        using var agent = Agent();

        // Whoever has no token sees nothing.
        await browser.UntilAsync("document.activeElement.id === 'token'");
        await browser.TypeAsync("not-the-operators-token");
        await browser.PressAsync("Enter");
        await browser.UntilAsync("document.getElementById('refused').textContent === 'This token is not valid.'");
        await browser.TypeAsync((await File.ReadAllTextAsync(Path.Combine(_postern.Home, "control-token"), TestContext.Current.CancellationToken)).Trim());
        await browser.PressAsync("Enter");
        await browser.UntilAsync("!document.getElementById('board').hidden && document.getElementById('link').textContent === 'live'");

        // A refusal appears by itself, explained; what an agent wrote into it is text and nothing else.
        using var refused = await SayAsync(agent, upstream, "{\"<img src=x onerror=alert(1)>\":\"" + s_key + "\"}");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        await browser.UntilAsync("document.getElementById('live').innerText.includes('secret.aws.access-key-id') && document.getElementById('live').innerText.includes('Deactivate the key')");
        Assert.Equal(0, (await browser.EvaluateAsync("document.querySelectorAll('img').length")).GetInt32());

        // A question waits, without the secret; a key goes to it, another says yes.
        var asked = SayAsync(agent, upstream, $$"""{"note":"password={{Asked}}"}""");
        await browser.UntilAsync("document.querySelector('#asks pre').textContent.includes('[secret.generic.password]')");
        await SaveAsync("light", "light");
        await SaveAsync("dark", "dark");
        await browser.PressAsync("a");
        await browser.UntilAsync("document.activeElement.textContent === 'Approve'");
        await browser.PressAsync("Enter");
        using var approved = await asked;
        Assert.Equal(HttpStatusCode.OK, approved.StatusCode);
        await browser.UntilAsync("document.getElementById('asks').innerText.includes('Nobody waits') && document.getElementById('live').innerText.includes('approved by operator#1')");

        // Stopping asks nothing; going on does.
        await browser.PressAsync("k");
        await browser.PressAsync("Enter");
        await browser.UntilAsync("document.getElementById('alarm').textContent.includes('nothing passes')");
        using var halted = await SayAsync(agent, upstream, "{}");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, halted.StatusCode);
        await SaveAsync("halted", "dark");
        await browser.PressAsync("Enter");
        await browser.UntilAsync("document.getElementById('sure').open && document.activeElement.id === 'sure-no'");
        await browser.EvaluateAsync("document.getElementById('sure-yes').focus()");
        await browser.PressAsync("Enter");
        await browser.UntilAsync("document.getElementById('alarm').hidden");
        using var again = await SayAsync(agent, upstream, "{}");
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);

        var page = (await browser.EvaluateAsync("document.documentElement.outerHTML + JSON.stringify(Object.entries(localStorage)) + document.cookie")).GetString()!;
        Assert.DoesNotContain(s_key, page, StringComparison.Ordinal);
        Assert.DoesNotContain(Asked, page, StringComparison.Ordinal);
        Assert.Equal("[]", (await browser.EvaluateAsync("JSON.stringify([...document.querySelectorAll('button, input, select')].filter(one => !one.closest('[hidden]') && !(one.textContent || one.labels?.length || one.getAttribute('aria-label'))).map(one => one.outerHTML))")).GetString());
        Assert.Empty(browser.Complaints);
    }

    [NeedsFact("linux chromium")]
    public async Task Light_and_dark_are_two_readable_pages()
    {
        var browser = await OpenAsync();
        await browser.UntilAsync("document.readyState === 'complete'");
        foreach (var scheme in new[] { "light", "dark" })
        {
            await browser.PreferAsync(scheme);
            var contrast = (await browser.EvaluateAsync("""
                (() => {
                  const light = text => { const [r, g, b] = text.match(/[0-9.]+/g).map(part => (part /= 255) <= .03928 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
                  const style = getComputedStyle(document.body), pair = [light(style.color), light(style.backgroundColor)].sort((a, b) => b - a);
                  return (pair[0] + .05) / (pair[1] + .05);
                })()
                """)).GetDouble();
            Assert.True(contrast >= 7, $"{scheme}: {contrast}");
        }
    }

    private async Task<Chromium> OpenAsync()
    {
        var file = _postern.Write("postern.yaml", $$"""
            version: 1
            ssrf: { ip_allowlist: [127.0.0.0/8] }
            trusted_domains: [localhost]
            forward_proxy: { connect_ports: [1-65535] }
            request_body_scanning: { action: ask }
            control: { listen: 127.0.0.1:{{_controlPort}} }

            """);
        _program = await _postern.StartAsync("dashboard and control API on ", "run", "--config", file, "--listen", $"127.0.0.1:{_port}");
        return _browser = await Chromium.OpenAsync($"http://127.0.0.1:{_controlPort}/", _postern.At("profile"));
    }

    private HttpClient Agent() => new(new SocketsHttpHandler { Proxy = new WebProxy($"http://127.0.0.1:{_port}") });

    private static Task<HttpResponseMessage> SayAsync(HttpClient agent, TinyUpstream upstream, string json) =>
        agent.PostAsync(upstream.Plain, new StringContent(json, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    /// <summary>Pictures for people, where somebody wants them.</summary>
    private async Task SaveAsync(string name, string scheme)
    {
        if (Environment.GetEnvironmentVariable("POSTERN_TEST_PICTURES") is { Length: > 0 } folder)
        {
            await _browser!.PreferAsync(scheme);
            await File.WriteAllBytesAsync(Path.Combine(folder, name + ".png"), await _browser.PictureAsync());
        }
    }
}

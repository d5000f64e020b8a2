using System.Text;
using Postern.Engine.Tests.Media;

namespace Postern.Engine.Tests.Pages;

/// <summary>What is cut out of pages, and that it is only when somebody asked for it.</summary>
public sealed class PageShieldTests
{
    private const string On = "browser_shield:\n  enabled: true";

    [Theory]
    [InlineData("a<!-- trap -->b", "ab")]
    [InlineData("a<div style='display:none'>x<div>y</div><script>z</script></div>b", "ab")]
    [InlineData("a<span hidden>x</span>b", "ab")]
    [InlineData("a<p style=\"font-size:0\">x<p>b", "a<p>b")]
    [InlineData("a<img src=/p width=1 height='1px'>b", "ab")]
    [InlineData("a<link rel=prefetch href=/x>b", "ab")]
    [InlineData("a<div hidden>never ends", "a")]
    [InlineData("a<img src=/p width=10 height=1><link rel=stylesheet href=/s><input hidden>b", null)]
    [InlineData("<!doctype html><nav hidden>menu</nav>", null)]
    public async Task Cuts_out_what_nobody_sees(string page, string? left)
    {
        var bytes = Encoding.UTF8.GetBytes(page);

        var (body, headers, rules) = await new MediaWorld(On).PassAsync("text/html", bytes);

        Assert.Equal(left ?? page, Encoding.UTF8.GetString(body!));
        Assert.Equal(left is null, headers.Contains("ETag"));
        Assert.Equal(left is not null, rules.Contains("media.page-rewritten"));
        Assert.Equal(bytes, (await new MediaWorld().PassAsync("text/html", bytes)).Body);
        Assert.Equal(bytes, (await new MediaWorld(On + "\nenforce: false").PassAsync("text/html", bytes)).Body);
        Assert.Equal(bytes, (await new MediaWorld(On + "\n  exempt_domains: [example.com]").PassAsync("text/html", bytes)).Body);
    }

    [Theory]
    [InlineData("a<script src=//t.tracker.test/x.js>1</script>b", "ab")]
    [InlineData("a<iframe src=\"https://tracker.test:8443/x\"></iframe>b", "ab")]
    [InlineData("a<img src='https://tracker.test/p'>b", "ab")]
    [InlineData("a<img src='/?u=https://tracker.test/p'><script src=https://nottracker.test/x></script>b", null)]
    public async Task Cuts_out_what_is_loaded_from_trackers(string page, string? left)
    {
        var (body, _, _) = await new MediaWorld(On + "\n  tracking_domains: [tracker.test]").PassAsync("text/html", Encoding.UTF8.GetBytes(page));

        Assert.Equal(left ?? page, Encoding.UTF8.GetString(body!));
    }

    [Fact]
    public async Task An_injection_in_what_is_cut_out_is_recorded_and_gone()
    {
        var (body, _, rules) = await new MediaWorld(On).PassAsync("text/html", Encoding.UTF8.GetBytes($"<p>Hello</p><!-- {Images.Hostile} -->"));

        Assert.Equal("<p>Hello</p>", Encoding.UTF8.GetString(body!));
        Assert.Contains(rules, static rule => rule.StartsWith("injection.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_injection_that_only_the_cut_puts_together_is_refused()
    {
        var page = Images.Hostile.Replace("all previous", "a<!-- x -->ll prev<span hidden>y</span>ious", StringComparison.Ordinal);

        Assert.Null((await new MediaWorld(On).PassAsync("text/html", Encoding.UTF8.GetBytes($"<p>{page}</p>"))).Body);
    }
}

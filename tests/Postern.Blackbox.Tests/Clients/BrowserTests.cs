namespace Postern.Blackbox.Tests.Clients;

/// <summary>A browser that trusts the authority as a user would make it.</summary>
public sealed class BrowserTests
{
    [NeedsFact("chromium certutil nginx")]
    public async Task Chromium_loads_a_page_and_runs_its_script()
    {
        // A browser takes certificates from a store of its own, which the script fills from Postern's home: hidden from what is contained.
        await using var stage = new Stage { Contains = false };
        var nginx = await stage.StartNginxAsync();
        await File.WriteAllTextAsync(
            Path.Combine(nginx.Files, "page.html"),
            """<!doctype html><title>t</title><p id="p"></p><script>fetch("/hello").then(a => a.text()).then(t => document.getElementById("p").append("said: " + t))</script>""",
            TestContext.Current.CancellationToken);

        var output = await stage.SucceedAsync("""
            mkdir -p $HOME/.pki/nssdb
            certutil -d sql:$HOME/.pki/nssdb -N --empty-password
            certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n postern -i $POSTERN_HOME/ca.pem
            timeout 90 chromium --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking \
              --user-data-dir=$HOME/profile --proxy-server=$HTTPS_PROXY '--proxy-bypass-list=<-loopback>' \
              --virtual-time-budget=10000 --dump-dom $TLS/page.html 2>browser.log || { tail -20 browser.log; exit 1; }
            """);

        Assert.Contains("said: hello over HTTP/2.0", output);
        Assert.Contains(nginx.Arrived, static line => line.StartsWith("GET /page.html HTTP/2.0", StringComparison.Ordinal));
    }
}

namespace Postern.Blackbox.Tests.Clients;

/// <summary>Without interception: the server's own certificate reaches the client, and the evidence says how much passed unread.</summary>
public sealed class OpaqueTunnelTests
{
    [NeedsFact("curl nginx")]
    public async Task Curl_speaks_with_the_server_itself()
    {
        await using var stage = new Stage("tls_interception: { enabled: false }\n");
        await stage.StartNginxAsync();

        var output = await stage.SucceedAsync("""
            curl -sS --cacert $SSL_CERT_FILE --http1.1 $TLS/hello
            curl -sS --cacert $SSL_CERT_FILE --http2 $TLS/hello
            curl -sS -v --cacert $SSL_CERT_FILE $TLS/hello 2>&1 | grep -o 'issuer: CN=Upstream authority'
            """);

        Assert.Equal("hello over HTTP/1.1\nhello over HTTP/2.0\nissuer: CN=Upstream authority\n", output);
        Assert.Equal(3, Tunnels.Closed(stage).Length);
        Assert.All(Tunnels.Closed(stage), static opaque => Assert.InRange(opaque, 1000, 100_000));
    }

    [NeedsFact("curl nginx")]
    public async Task A_plain_request_is_still_inspected()
    {
        await using var stage = new Stage("tls_interception: { enabled: false }\n");
        var nginx = await stage.StartNginxAsync();

        // The key is made up, and in pieces so that this file does not look like a leak.
        stage.Environment["LEAK"] = string.Concat("sk-", "proj-", "Zk3vQ8wLx2TnB7rYp5Hd");
        var output = await stage.SucceedAsync("""curl -sS -o /dev/null -w '%{http_code}\n' -H "X-Note: $LEAK" $PLAIN/inbox""");

        Assert.Equal("403\n", output);
        Assert.Empty(nginx.Arrived);
    }
}

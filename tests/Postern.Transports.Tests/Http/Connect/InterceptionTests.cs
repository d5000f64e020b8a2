using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using System.Text;
using Postern.Transports.Http.Connect;
using Postern.Transports.Tests.Http.Tls;

namespace Postern.Transports.Tests.Http.Connect;

public sealed class InterceptionTests
{
    [Theory]
    [InlineData("1.1", "HTTP/1.1")]
    [InlineData("2.0", "HTTP/2")]
    public async Task Serves_https_inside_the_tunnel(string version, string protocol)
    {
        await using var proxy = await ProxyHarness.InterceptAsync();
        using var client = proxy.Client(new Version(version));

        var first = await client.GetStringAsync("https://api.example.com/one?x=%2F..");
        var second = await client.GetStringAsync("https://api.example.com/two");

        Assert.Equal($"GET /one?x=%2F.. {protocol} https api.example.com:443 tls=True x=", first);
        Assert.Equal($"GET /two {protocol} https api.example.com:443 tls=True x=", second);
        client.Dispose();
        Assert.Equal(TunnelEndReason.Served, (await proxy.Gate.EndAsync()).Reason);
        // Kept alive: both requests went through one tunnel.
        Assert.True(proxy.Gate.IsQuiet);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Carries_bodies_both_ways(string version)
    {
        await using var proxy = await ProxyHarness.InterceptAsync();
        using var client = proxy.Client(new Version(version));
        var body = new byte[3_000_000];
        Random.Shared.NextBytes(body);

        using var response = await client.PostAsync("https://api.example.com/echo", new ByteArrayContent(body));

        Assert.Equal(body, await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Carries_trailers()
    {
        await using var proxy = await ProxyHarness.InterceptAsync();
        using var client = proxy.Client(HttpVersion.Version20);

        using var response = await client.GetAsync("https://api.example.com/trailers");

        Assert.Equal(5, (await response.Content.ReadAsByteArrayAsync()).Length);
        Assert.Equal(["0"], response.TrailingHeaders.GetValues("grpc-status"));
    }

    [Theory]
    [InlineData("wss")]
    [InlineData("ws")]
    public async Task A_websocket_upgrade_reaches_the_application(string scheme)
    {
        await using var proxy = await ProxyHarness.InterceptAsync();
        using var socket = new ClientWebSocket();
        socket.Options.Proxy = new WebProxy($"http://{proxy.Address}");
        socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.Issuer == proxy.Authority.Certificate.Subject;

        await socket.ConnectAsync(new Uri($"{scheme}://chat.example.com/ws"), CancellationToken.None);
        await AssertEchoAsync(socket);
    }

    [Fact]
    public async Task A_websocket_over_http2_reaches_the_application()
    {
        await using var proxy = await ProxyHarness.InterceptAsync();
        using var invoker = new HttpMessageInvoker(proxy.Handler());
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;

        await socket.ConnectAsync(new Uri("wss://chat.example.com/ws"), invoker, CancellationToken.None);
        await AssertEchoAsync(socket);
    }

    [Fact]
    public async Task Plain_http_inside_the_tunnel_is_served_and_told()
    {
        await using var proxy = await ProxyHarness.InterceptAsync();
        await using var stream = await proxy.TunnelAsync("plain.example:8080");

        await stream.WriteAsync("GET /p HTTP/1.1\r\nHost: plain.example:8080\r\nConnection: close\r\n\r\n"u8.ToArray());

        (var answer, _) = await ProxyHarness.ReadToEndAsync(stream);
        Assert.EndsWith("GET /p HTTP/1.1 http plain.example:8080 tls=False x=", Encoding.Latin1.GetString(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_sent_together_with_the_head_are_not_lost()
    {
        await using var proxy = await ProxyHarness.InterceptAsync();
        await using var stream = await proxy.ConnectAsync();

        await stream.WriteAsync("CONNECT a.example:80 HTTP/1.1\r\nHost: a.example:80\r\n\r\nGET /early HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n"u8.ToArray());

        (var answer, _) = await ProxyHarness.ReadToEndAsync(stream);
        Assert.Contains("GET /early HTTP/1.1 http a.example:80", Encoding.Latin1.GetString(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_certificate_is_for_the_authority_when_an_address_has_no_server_name()
    {
        await using var proxy = await ProxyHarness.InterceptAsync();
        using var client = proxy.Client(HttpVersion.Version11);

        Assert.Contains("192.0.2.9:443 tls=True", await client.GetStringAsync("https://192.0.2.9/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api.example.com:443", "evil.example")]
    [InlineData("api.example.com:443", "www.api.example.com")]
    [InlineData("api.example.com:443", "")]
    [InlineData("192.0.2.9:443", "api.example.com")]
    public async Task Another_server_name_closes_the_tunnel(string authority, string serverName)
    {
        await using var proxy = await ProxyHarness.InterceptAsync();
        await using var stream = await proxy.TunnelAsync(authority);
        await using var tls = new SslStream(stream);

        await Assert.ThrowsAnyAsync<Exception>(() => tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = serverName }));

        Assert.Equal(TunnelEndReason.ServerNameMismatch, (await proxy.Gate.EndAsync()).Reason);
    }

    [Fact]
    public async Task The_case_of_the_server_name_does_not_matter()
    {
        await using var proxy = await ProxyHarness.InterceptAsync();
        await using var stream = await proxy.TunnelAsync("api.example.com:443");
        await using var tls = new SslStream(stream);

        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "API.Example.COM", CertificateChainPolicy = proxy.Trust() });

        Assert.True(tls.IsAuthenticated);
    }

    [Fact]
    public async Task A_hello_in_single_bytes_is_read()
    {
        await using var proxy = await ProxyHarness.InterceptAsync();
        await using var stream = await proxy.TunnelAsync("api.example.com:443");
        var hello = HelloBytes.Records(HelloBytes.Message(HelloBytes.ServerName("other.example")), 20);
        foreach (var b in hello)
        {
            await stream.WriteAsync(new[] { b });
        }

        Assert.Equal(TunnelEndReason.ServerNameMismatch, (await proxy.Gate.EndAsync()).Reason);
    }

    [Fact]
    public async Task A_malformed_hello_closes_the_tunnel()
    {
        await using var proxy = await ProxyHarness.InterceptAsync();
        await using var stream = await proxy.TunnelAsync("api.example.com:443");
        await stream.WriteAsync(new byte[] { 22, 3, 1, 0, 0 });

        Assert.Equal(TunnelEndReason.HelloMalformed, (await proxy.Gate.EndAsync()).Reason);
        Assert.Empty((await ProxyHarness.ReadToEndAsync(stream)).Bytes);
    }

    [Fact]
    public async Task A_handshake_that_fails_is_reported()
    {
        await using var proxy = await ProxyHarness.InterceptAsync();
        await using var stream = await proxy.TunnelAsync("api.example.com:443");
        await using var tls = new SslStream(stream);
        var options = new SslClientAuthenticationOptions { TargetHost = "api.example.com", ApplicationProtocols = [new SslApplicationProtocol("acme-tls/1")] };

        await Assert.ThrowsAsync<AuthenticationException>(() => tls.AuthenticateAsClientAsync(options));

        Assert.Equal(TunnelEndReason.HandshakeFailed, (await proxy.Gate.EndAsync()).Reason);
    }

    [Fact]
    public async Task A_client_that_does_not_trust_the_authority_is_reported()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "needs curl");
        await using var proxy = await ProxyHarness.InterceptAsync();

        (var exitCode, _) = await CurlAsync("-q", "-s", "--proxy", $"http://{proxy.Address}", "https://api.example.com/");

        Assert.Equal(60, exitCode);
        Assert.Equal(TunnelEndReason.HandshakeFailed, (await proxy.Gate.EndAsync()).Reason);
    }

    [Theory]
    [InlineData("--http1.1", "HTTP/1.1")]
    [InlineData("--http2", "HTTP/2")]
    public async Task Curl_is_served(string option, string protocol)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl"), "needs curl");
        await using var proxy = await ProxyHarness.InterceptAsync();
        var authority = Path.GetTempFileName();
        await File.WriteAllTextAsync(authority, proxy.Authority.CertificatePem);
        (var exitCode, var output) = await CurlAsync("-q", "-sS", option, "--proxy", $"http://{proxy.Address}", "--cacert", authority, "https://api.example.com/a", "https://api.example.com/b");
        File.Delete(authority);

        Assert.Equal(0, exitCode);
        Assert.Equal(
            $"GET /a {protocol} https api.example.com:443 tls=True x=GET /b {protocol} https api.example.com:443 tls=True x=",
            output);
    }

    private static async Task<(int ExitCode, string Output)> CurlAsync(params string[] arguments)
    {
        using var curl = Process.Start(new ProcessStartInfo("/usr/bin/curl", arguments) { RedirectStandardOutput = true })!;
        var output = await curl.StandardOutput.ReadToEndAsync();
        await curl.WaitForExitAsync();
        return (curl.ExitCode, output);
    }

    private static async Task AssertEchoAsync(ClientWebSocket socket)
    {
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        var buffer = new byte[64];
        var echo = await socket.ReceiveAsync(buffer, CancellationToken.None);

        Assert.Equal("hello", Encoding.ASCII.GetString(buffer, 0, echo.Count));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }
}

using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;

namespace Postern.Blackbox.Tests.Commands;

public sealed class MachineTests : IDisposable
{
    private readonly PosternProcess _postern = new();

    [Fact]
    public async Task The_authority_is_made_once_and_shown_without_its_key()
    {
        var made = await _postern.RunAsync("tls", "init", "--json");
        var again = await _postern.RunAsync("tls", "init", "--json");
        Assert.Equal((true, false), (made.Json.GetProperty("created").GetBoolean(), again.Json.GetProperty("created").GetBoolean()));
        var shown = await _postern.RunAsync("tls", "show-ca", "--json");
        Assert.Equal(made.Json.GetProperty("fingerprint").GetString(), shown.Json.GetProperty("fingerprint").GetString());
        var pem = await _postern.RunAsync("tls", "show-ca");
        using var certificate = X509Certificate2.CreateFromPem(pem.Output);
        Assert.Contains("Postern", certificate.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", pem.All + shown.All, StringComparison.Ordinal);
        var written = await _postern.RunAsync("tls", "show-ca", "--out", "ca.pem");
        Assert.Equal((0, ""), (written.ExitCode, written.Output));
        Assert.Equal(pem.Output, File.ReadAllText(_postern.At("ca.pem")));
    }

    [Theory]
    [InlineData("show-ca")]
    [InlineData("install-ca")]
    public async Task Without_an_authority_the_way_to_one_is_named(string command)
    {
        var outcome = await _postern.RunAsync("tls", command);
        Assert.Equal((1, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains("postern tls init", outcome.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_postern.Home));
    }

    [Fact]
    public async Task The_key_is_made_once_and_only_its_public_half_is_shown()
    {
        var made = await _postern.RunAsync("keygen", "--json");
        Assert.True(made.Json.GetProperty("created").GetBoolean());
        var again = await _postern.RunAsync("keygen");
        Assert.Equal(made.Json.GetProperty("public_key").GetString(), again.Output.Trim());
        var secret = File.ReadAllBytes(made.Json.GetProperty("path").GetString()!);
        Assert.DoesNotContain(Convert.ToHexStringLower(secret), made.All + again.All, StringComparison.Ordinal);
    }

    [NeedsFact("linux")]
    [UnsupportedOSPlatform("windows")]
    public async Task A_key_that_others_can_read_is_refused()
    {
        await _postern.RunAsync("keygen");
        File.SetUnixFileMode(Path.Combine(_postern.Home, "keys", "evidence.key"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var outcome = await _postern.RunAsync("keygen");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("chmod 600", outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_finds_nothing_wrong_with_a_fresh_machine()
    {
        _postern.Write("postern.yaml", "fetch_proxy:\n  listen: 127.0.0.1:0\n");
        var outcome = await _postern.RunAsync("doctor", "--json");
        Assert.Equal((0, true), (outcome.ExitCode, outcome.Json.GetProperty("ok").GetBoolean()));
        Assert.Equal(
            ["configuration", "home", "clock", "libcrypto", "authority", "evidence", "listener"],
            outcome.Json.GetProperty("checks").EnumerateArray().Select(static check => check.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task The_doctor_sees_a_wrong_configuration()
    {
        _postern.Write("postern.yaml", "mode: wild\n");
        Assert.Equal("fail", await StatusOfAsync("configuration"));
    }

    [NeedsFact("linux")]
    [UnsupportedOSPlatform("windows")]
    public async Task The_doctor_sees_a_home_that_is_open_to_others()
    {
        Directory.CreateDirectory(_postern.Home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead);
        Assert.Equal("fail", await StatusOfAsync("home"));
    }

    [Fact]
    public async Task The_doctor_sees_an_authority_without_its_key()
    {
        await _postern.RunAsync("tls", "init");
        Assert.Equal("ok", await StatusOfAsync("authority"));
        File.Delete(Path.Combine(_postern.Home, "ca-key.pem"));
        Assert.Equal("fail", await StatusOfAsync("authority"));
    }

    [Fact]
    public async Task The_doctor_sees_evidence_that_was_tampered_with()
    {
        await _postern.RunAsync("run", "--", "true");
        Assert.Equal("ok", await StatusOfAsync("evidence"));
        var file = Directory.EnumerateFiles(Path.Combine(_postern.Home, "evidence"), "*.jsonl").Single();
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"kind\":\"chain\"", "\"kind\":\"event\"", StringComparison.Ordinal));
        Assert.Equal("fail", await StatusOfAsync("evidence"));
    }

    [Fact]
    public async Task Somebody_else_on_the_port_is_neither_healthy_nor_free()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var answering = AnswerAsync(other, stop.Token);
        var address = other.LocalEndpoint.ToString()!;
        _postern.Write("postern.yaml", $"fetch_proxy:\n  listen: {address}\n");
        Assert.Equal("fail", await StatusOfAsync("listener"));
        var outcome = await _postern.RunAsync("healthcheck", "--addr", address);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("something else listens there", outcome.Errors, StringComparison.Ordinal);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answering);
    }

    [Fact]
    public async Task Nobody_on_the_port_is_not_healthy()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var address = free.LocalEndpoint.ToString()!;
        free.Stop();
        var outcome = await _postern.RunAsync("healthcheck", "--json", "--addr", address);
        Assert.Equal((1, false), (outcome.ExitCode, outcome.Json.GetProperty("healthy").GetBoolean()));
    }

    [NeedsFact("linux")]
    public async Task A_running_firewall_is_healthy()
    {
        var check = $"exec '{PosternProcess.Executable}' healthcheck --json --addr \"${{HTTP_PROXY#http://}}\"";
        var outcome = await _postern.RunAsync("run", "--", "sh", "-c", check);
        Assert.Equal((0, true), (outcome.ExitCode, outcome.Json.GetProperty("healthy").GetBoolean()));
    }

    public void Dispose() => _postern.Dispose();

    private async Task<string?> StatusOfAsync(string check)
    {
        var outcome = await _postern.RunAsync("doctor", "--json");
        var status = outcome.Json.GetProperty("checks").EnumerateArray().First(entry => entry.GetProperty("name").GetString() == check);
        Assert.Equal(outcome.Json.GetProperty("ok").GetBoolean() ? 0 : 1, outcome.ExitCode);
        return status.GetProperty("status").GetString();
    }

    private static async Task AnswerAsync(TcpListener listener, CancellationToken cancel)
    {
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync(cancel);
            await client.GetStream().ReadAtLeastAsync(new byte[1024], 1, cancellationToken: cancel);
            await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"u8.ToArray(), cancel);
        }
    }
}

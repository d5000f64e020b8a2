using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Postern.Engine.Configuration.Sections;
using Postern.Transports.Http.Tls;
using Postern.Transports.Telemetry.Emit;

namespace Postern.Transports.Tests.Telemetry.Emit;

public sealed partial class SyslogSinkTests
{
    [Fact]
    public async Task A_message_is_what_rfc_5424_says()
    {
        using var sink = new SyslogSink(new EmitSyslogSection { Address = "udp://127.0.0.1:9", Facility = 17, Tag = "gate" }, Told.Instance);
        var refusal = Encoding.UTF8.GetString(sink.Message((await Told.OfAsync(Told.Refusal))[0]).Span);
        var match = Message().Match(refusal);

        // Facility 17 (local1) times eight, and critical.
        Assert.Equal(("138", "gateway-1", "gate", "request_blocked"), (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value, match.Groups[4].Value));
        Assert.Equal("block", JsonDocument.Parse(match.Groups[5].Value).RootElement.GetProperty("effect").GetString());
    }

    [Fact]
    public async Task Over_udp_each_event_is_a_datagram()
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var sink = Sink("udp", server.LocalEndPoint!);
        await sink.TellAsync(await Told.OfAsync(Told.Refusal, Told.Refusal), CancellationToken.None);
        for (var i = 0; i < 2; i++)
        {
            var datagram = new byte[65536];
            Assert.Matches(Message(), Encoding.UTF8.GetString(datagram, 0, await server.ReceiveAsync(datagram)));
        }
    }

    [Theory]
    [InlineData("tcp")]
    [InlineData("tls")]
    public async Task Over_a_connection_events_are_counted_and_a_broken_one_is_made_again(string scheme)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var authority = CertificateAuthority.Create(TimeProvider.System);
        using var leaves = new LeafCertificates(authority, TimeProvider.System);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, authority.Certificate.ExportCertificatePem());
        using var sink = Sink(scheme, listener.LocalEndpoint, scheme == "tls" ? file : "");
        var events = await Told.OfAsync(Told.Refusal, Told.Refusal, Told.Refusal);

        for (var connection = 0; connection < 2; connection++)
        {
            // The second time the server has closed the first connection, which the sink must see before it writes.
            var accepting = listener.AcceptTcpClientAsync();
            var telling = sink.TellAsync(events, CancellationToken.None).AsTask();
            using var client = await accepting;
            await using var stream = await OpenAsync(scheme, client, leaves);
            await telling;
            var sent = await ReadAsync(stream, events.Length);
            Assert.All(sent, static one => Assert.Matches(Message(), one));
            Assert.Equal(events.Length, sent.Length);
        }

        File.Delete(file);
    }

    [Fact]
    public async Task A_server_that_nobody_vouches_for_is_told_nothing()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var authority = CertificateAuthority.Create(TimeProvider.System);
        using var leaves = new LeafCertificates(authority, TimeProvider.System);
        using var sink = Sink("tls", listener.LocalEndpoint);
        var telling = sink.TellAsync(await Told.OfAsync(Told.Refusal), CancellationToken.None).AsTask();
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = new SslStream(client.GetStream());
        var serving = stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = leaves.For("127.0.0.1") });
        await Assert.ThrowsAsync<IOException>(() => telling);
        await Task.WhenAny(serving);
        _ = serving.Exception;
    }

    [GeneratedRegex("""^<(\d{1,3})>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (\S+) (\S+) \d+ (\S+) - (\{.*\})\z""")]
    private static partial Regex Message();

    private static SyslogSink Sink(string scheme, EndPoint server, string authority = "") =>
        new(new EmitSyslogSection { Address = $"{scheme}://{server}", CaCert = authority }, Told.Instance);

    private static async Task<Stream> OpenAsync(string scheme, TcpClient client, LeafCertificates leaves)
    {
        if (scheme == "tcp")
        {
            return client.GetStream();
        }

        var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = leaves.For("127.0.0.1") });
        return tls;
    }

    /// <summary>Messages with their lengths before them (RFC 6587 section 3.4.1).</summary>
    private static async Task<string[]> ReadAsync(Stream stream, int count)
    {
        var messages = new string[count];
        for (var i = 0; i < count; i++)
        {
            var digits = "";
            var one = new byte[1];
            while (true)
            {
                await stream.ReadExactlyAsync(one);
                if (one[0] == ' ')
                {
                    break;
                }

                digits += (char)one[0];
            }

            var message = new byte[int.Parse(digits, CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(message);
            messages[i] = Encoding.UTF8.GetString(message);
        }

        return messages;
    }
}

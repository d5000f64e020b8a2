using System.Net;
using System.Net.Sockets;
using System.Text;
using Postern.Engine.Configuration.Sections;
using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Dns;

/// <summary>What a client of the DNS listener is told.</summary>
public sealed class DnsListenerTests
{
    private const int FormatError = 1;
    private const int NameError = 3;
    private const int Refused = 5;

    [Theory]
    [InlineData("tcp")]
    [InlineData("udp")]
    public async Task Answers_with_the_judged_addresses(string protocol)
    {
        await using var speaker = await DnsSpeaker.StartAsync(DnsRefusal.Refused);

        var answer = await AskAsync(speaker, DnsBytes.Query("Plain.test", additional: DnsBytes.Edns()), protocol);

        Assert.Equal([IPAddress.Loopback], DnsBytes.Addresses(answer));
        Assert.Equal((0x1234, 0x8180, 1), ((answer[0] << 8) | answer[1], (answer[2] << 8) | answer[3], answer[11]));
        Assert.Equal(DnsBytes.Query("Plain.test")[12..], answer[12..(12 + 16)]);
    }

    [Theory]
    [InlineData(28)]
    [InlineData(16)]
    [InlineData(65)]
    public async Task Has_nothing_to_say_of_other_records_of_an_allowed_name(int type)
    {
        await using var speaker = await DnsSpeaker.StartAsync(DnsRefusal.Refused);

        var answer = await AskAsync(speaker, DnsBytes.Query("plain.test", (ushort)type));

        Assert.Equal(0, DnsBytes.CodeOf(answer));
        Assert.Empty(DnsBytes.Addresses(answer));
    }

    [Theory]
    [InlineData(DnsRefusal.Refused, Refused)]
    [InlineData(DnsRefusal.NameError, NameError)]
    public async Task A_name_that_is_not_allowed_is_refused_and_not_looked_up(DnsRefusal refusal, int code)
    {
        await using var speaker = await DnsSpeaker.StartAsync(refusal);
        speaker.World.Policies.Swap(TestPolicies.Default("mode: strict\napi_allowlist: [allowed.test]"), "strict");

        Assert.Equal(code, DnsBytes.CodeOf(await AskAsync(speaker, DnsBytes.Query("plain.test"))));
        Assert.Empty(speaker.World.Lookups);
        Assert.Single(DnsBytes.Addresses(await AskAsync(speaker, DnsBytes.Query("allowed.test"))));
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_no_name()
    {
        await using var speaker = await DnsSpeaker.StartAsync(DnsRefusal.Refused);

        Assert.Equal(NameError, DnsBytes.CodeOf(await AskAsync(speaker, DnsBytes.Query("nowhere.example"))));
    }

    /// <summary>A secret as a label, in hexadecimal or base32 as they fit into names, and cut over labels.</summary>
    [Theory]
    [InlineData("plain")]
    [InlineData("hex")]
    [InlineData("base32")]
    public async Task A_secret_in_a_name_is_refused_before_anybody_is_asked(string coding)
    {
        await using var speaker = await DnsSpeaker.StartAsync(DnsRefusal.Refused);
        var written = coding switch
        {
            "hex" => Convert.ToHexStringLower(Encoding.ASCII.GetBytes(Leaks.Secret)),
            "base32" => Base32(Encoding.ASCII.GetBytes(Leaks.Secret)),
            _ => Leaks.Secret.Replace('/', '-').Replace('+', '-'),
        };
        var name = string.Join('.', written.Chunk(15).Select(static label => new string(label))) + ".evil.test";

        Assert.Equal(Refused, DnsBytes.CodeOf(await AskAsync(speaker, DnsBytes.Query(name))));

        Assert.Empty(speaker.World.Lookups);
        Assert.Contains(speaker.World.Evidence.RefusedRules, static rule => rule.StartsWith("secret.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_label_that_looks_random_is_refused()
    {
        await using var speaker = await DnsSpeaker.StartAsync(DnsRefusal.Refused);

        Assert.Equal(Refused, DnsBytes.CodeOf(await AskAsync(speaker, DnsBytes.Query("q7x2kf9zpw4mj8vt3bn6hc5d.evil.test"))));

        Assert.Equal(["destination.entropy-subdomain"], speaker.World.Evidence.RefusedRules);
    }

    [Fact]
    public async Task So_many_names_of_one_domain_and_no_more_but_the_same_again()
    {
        await using var speaker = await DnsSpeaker.StartAsync(DnsRefusal.Refused);
        speaker.World.Policies.Swap(TestPolicies.Default("dns_proxy: { listen: '127.0.0.1:5353', max_names_per_domain: 2 }"), "names");

        foreach (var (name, code) in new[] { ("a.evil.test", 0), ("b.evil.test", 0), ("c.evil.test", Refused), ("A.evil.test", 0), ("a.good.test", 0) })
        {
            Assert.Equal((name, code), (name, DnsBytes.CodeOf(await AskAsync(speaker, DnsBytes.Query(name)))));
        }

        Assert.Equal(["destination.names"], speaker.World.Evidence.RefusedRules);
    }

    [Fact]
    public async Task Garbage_is_answered_with_a_format_error_without_a_record_and_the_next_query_is_served()
    {
        await using var speaker = await DnsSpeaker.StartAsync(DnsRefusal.Refused);
        byte[] loop = [.. DnsBytes.Header(flags: 0x0100), 0xC0, 12, 0, 1, 0, 1];

        foreach (var protocol in new[] { "udp", "tcp" })
        {
            Assert.Equal(FormatError, DnsBytes.CodeOf(await AskAsync(speaker, loop, protocol)));
        }

        Assert.Empty(speaker.World.Evidence.Records);
        Assert.Single(DnsBytes.Addresses(await AskAsync(speaker, DnsBytes.Query("plain.test"))));
    }

    private static async Task<byte[]> AskAsync(DnsSpeaker speaker, byte[] query, string protocol = "udp")
    {
        var ct = TestContext.Current.CancellationToken;
        var isUdp = protocol == "udp";
        using var socket = new Socket(AddressFamily.InterNetwork, isUdp ? SocketType.Dgram : SocketType.Stream, isUdp ? ProtocolType.Udp : ProtocolType.Tcp);
        await socket.ConnectAsync(speaker.Address, ct);
        if (isUdp)
        {
            // Nobody answers the first two: no header, and an answer.
            await socket.SendAsync(new byte[] { 1, 2, 3 }, ct);
            await socket.SendAsync((byte[])[.. DnsBytes.Header(flags: 0x8180), 0], ct);
            await socket.SendAsync(query, ct);
            var buffer = new byte[2048];
            return buffer[..await socket.ReceiveAsync(buffer, ct)];
        }

        using var stream = new NetworkStream(socket);
        await stream.WriteAsync((byte[])[(byte)(query.Length >> 8), (byte)query.Length, .. query], ct);
        var length = new byte[2];
        await stream.ReadExactlyAsync(length, ct);
        var answer = new byte[(length[0] << 8) | length[1]];
        await stream.ReadExactlyAsync(answer, ct);
        return answer;
    }

    private static string Base32(byte[] bytes)
    {
        var bits = string.Concat(bytes.Select(static b => Convert.ToString(b, 2).PadLeft(8, '0')));
        return string.Concat(bits.PadRight((bits.Length + 4) / 5 * 5, '0').Chunk(5).Select(static five => "abcdefghijklmnopqrstuvwxyz234567"[Convert.ToInt32(new string(five), 2)]));
    }
}

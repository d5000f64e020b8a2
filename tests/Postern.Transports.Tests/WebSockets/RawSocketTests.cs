using System.Text;
using Postern.Engine.Policy;
using Postern.Transports.Tests.Conformance;
using Postern.Transports.WebSockets;

namespace Postern.Transports.Tests.WebSockets;

/// <summary>Frames that no well-behaved client sends, over real sockets.</summary>
public sealed class RawSocketTests
{
    public static TheoryData<string, string> Faults => new()
    {
        { "RSV1", "1002 protocol.broken-frame" },
        { "opcode 3", "1002 protocol.broken-frame" },
        { "unmasked", "1002 protocol.broken-frame" },
        { "long ping", "1002 protocol.broken-frame" },
        { "stray continuation", "1002 protocol.broken-frame" },
        { "close code 1005", "1002 protocol.broken-frame" },
        { "not UTF-8", "1007 uninspectable.invalid-text" },
        { "huge", "1009 uninspectable.piece-too-large" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_of_the_client_closes_both_sides_and_is_recorded(string fault, string close)
    {
        await using var harness = await ForwardHarness.StartAsync();
        var upstream = SocketUpstream.Raw(harness);
        await using var stream = await SocketTransports.OpenStreamAsync(harness);

        await stream.WriteAsync((byte[])[.. Frames.Text("before", masked: true), .. Make(fault, masked: fault != "unmasked"), .. Frames.Text("after", masked: true)]);

        Assert.Equal("Close " + close, await RawPeer.ReadToCloseAsync(stream, SocketPeer.Server));
        Assert.Equal("Text before|Close " + close, await Sockets.EndOf(upstream));
        Assert.Contains(harness.World.Evidence.RefusedRules, rule => close.EndsWith(rule, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_of_the_upstream_closes_both_sides_and_is_recorded(string fault, string close)
    {
        await using var harness = await ForwardHarness.StartAsync();
        var upstream = SocketUpstream.Raw(harness, [.. Frames.Text("before", masked: false), .. Make(fault, masked: fault == "unmasked"), .. Frames.Text("after", masked: false)]);
        await using var stream = await SocketTransports.OpenStreamAsync(harness);

        Assert.Equal("Text before|Close " + close, await RawPeer.ReadToCloseAsync(stream, SocketPeer.Server));
        Assert.Equal("Close " + close, await Sockets.EndOf(upstream));
        Assert.Contains(harness.World.Evidence.RefusedRules, rule => close.EndsWith(rule, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pings_and_pongs_pass_in_both_directions()
    {
        await using var harness = await ForwardHarness.StartAsync();
        var upstream = SocketUpstream.Raw(harness, [.. Frames.Of(0x89, "are you there"u8.ToArray(), masked: false), .. Frames.Of(0x8A, [], masked: false), .. Frames.Close(1000, "", masked: false)]);
        await using var stream = await SocketTransports.OpenStreamAsync(harness);

        await stream.WriteAsync((byte[])[.. Frames.Of(0x8A, "yes"u8.ToArray(), masked: true), .. Frames.Of(0x89, [], masked: true), .. Frames.Close(3000, "so long", masked: true)]);

        Assert.Equal("Ping are you there|Pong |Close 1000 ", await RawPeer.ReadToCloseAsync(stream, SocketPeer.Server));
        Assert.Equal("Pong yes|Ping |Close 3000 so long", await Sockets.EndOf(upstream));
        Assert.All(harness.World.Evidence.Records, kept => Assert.Equal(Effect.Allow, kept.Effect));
    }

    [Theory]
    [InlineData(0x89)]
    [InlineData(0x8A)]
    [InlineData(0x88)]
    public async Task Refuses_a_leak_in_a_control_frame(int first)
    {
        await using var harness = await ForwardHarness.StartAsync();
        var upstream = SocketUpstream.Raw(harness);
        await using var stream = await SocketTransports.OpenStreamAsync(harness);
        var secret = Encoding.ASCII.GetBytes(" " + Leaks.Secret);

        await stream.WriteAsync(Frames.Of(first, first == 0x88 ? [0x03, 0xE8, .. secret] : secret, masked: true));

        Assert.StartsWith("Close 1008 secret.aws", await RawPeer.ReadToCloseAsync(stream, SocketPeer.Server), StringComparison.Ordinal);
        Assert.StartsWith("Close 1008 secret.aws", await Sockets.EndOf(upstream), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_leak_whose_halves_have_a_ping_between_them()
    {
        await using var harness = await ForwardHarness.StartAsync();
        var upstream = SocketUpstream.Raw(harness);
        await using var stream = await SocketTransports.OpenStreamAsync(harness);

        await stream.WriteAsync((byte[])[.. Frames.Text(Leaks.Secret[..9], masked: true), .. Frames.Of(0x89, "x"u8.ToArray(), masked: true), .. Frames.Text(Leaks.Secret[9..], masked: true)]);

        Assert.StartsWith("Close 1008 secret.aws", await RawPeer.ReadToCloseAsync(stream, SocketPeer.Server), StringComparison.Ordinal);
        Assert.StartsWith($"Text {Leaks.Secret[..9]}|Ping x|Close 1008", await Sockets.EndOf(upstream), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fragments_leave_as_one_frame()
    {
        await using var harness = await ForwardHarness.StartAsync();
        var upstream = SocketUpstream.Raw(harness);
        await using var stream = await SocketTransports.OpenStreamAsync(harness);

        await stream.WriteAsync((byte[])[.. Frames.Text("He", masked: true, final: false), .. Frames.More("llo", masked: true, final: true), .. Frames.Close(1000, "", masked: true)]);

        Assert.Equal("Text Hello|Close 1000 ", await Sockets.EndOf(upstream));
    }

    private static byte[] Make(string fault, bool masked) => fault switch
    {
        "RSV1" => Frames.Of(0xC1, [1], masked),
        "opcode 3" => Frames.Of(0x83, [1], masked),
        "unmasked" => Frames.Text("x", masked),
        "long ping" => Frames.Of(0x89, new byte[126], masked),
        "stray continuation" => Frames.More("x", masked, final: true),
        "close code 1005" => Frames.Close(1005, "", masked),
        "not UTF-8" => Frames.Of(0x81, [0xFF], masked),
        "huge" => Frames.Head(0x82, [127, 0x7F, 0, 0, 0, 0, 0, 0, 0], [], masked),
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}

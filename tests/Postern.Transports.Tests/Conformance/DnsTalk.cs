using System.Net;
using System.Net.Sockets;
using Postern.Transports.Tests.Dns;

namespace Postern.Transports.Tests.Conformance;

/// <summary>Each text is a name that is asked for; it passes when the answer has an address. There is nothing to open and no far end.</summary>
internal sealed class DnsTalk(IPEndPoint server) : ITalk
{
    public Task FarEnd => Task.CompletedTask;

    public async Task<string?> CarryAsync(string text)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server);
        await socket.SendAsync(DnsBytes.Query(text.Replace(' ', '-') + ".plain.test"));
        var buffer = new byte[2048];
        var answer = buffer.AsMemory(0, await socket.ReceiveAsync(buffer));
        return DnsBytes.Addresses(answer.Span) is [_, ..] ? text : null;
    }

    public ValueTask DisposeAsync() => default;
}

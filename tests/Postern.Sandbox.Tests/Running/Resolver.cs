using System.Net;
using System.Net.Sockets;

namespace Postern.Sandbox.Tests.Running;

/// <summary>A resolver that answers whatever is asked, on the real ports: 53 by UDP and TCP, and 853.</summary>
internal sealed class Resolver : IDisposable
{
    private readonly UdpClient _udp;
    private readonly TcpListener _tcp;
    private readonly TcpListener _tls;
    private readonly Task _answering;

    public Resolver(string address)
    {
        var at = IPAddress.Parse(address);
        _udp = new UdpClient(new IPEndPoint(at, 53));
        _tcp = new TcpListener(at, 53);
        _tls = new TcpListener(at, 853);
        _tcp.Start();
        _tls.Start();
        _answering = AnswerAsync();
    }

    public void Dispose()
    {
        _udp.Dispose();
        _tcp.Dispose();
        _tls.Dispose();
        _answering.Wait();
    }

    private async Task AnswerAsync()
    {
        try
        {
            var question = await _udp.ReceiveAsync();
            await _udp.SendAsync(question.Buffer, question.RemoteEndPoint);
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // Nobody asked.
        }
    }
}

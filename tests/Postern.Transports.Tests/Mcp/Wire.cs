using System.Text;
using Postern.Engine.Inspection;
using Postern.Transports.Http;
using Postern.Transports.Mcp;

namespace Postern.Transports.Tests.Mcp;

/// <summary>A peer that writes down what it hears.</summary>
internal sealed class Wire : IRpcWire
{
    public List<string> Heard { get; } = [];

    public ValueTask PassAsync(Cleared cleared, CancellationToken cancel)
    {
        using var message = cleared.Take();
        Heard.Add(Encoding.UTF8.GetString(message.ReleasableBody.Span));
        return default;
    }

    public ValueTask SayAsync(Reply reply, CancellationToken cancel)
    {
        Heard.Add("postern " + Encoding.UTF8.GetString(reply.Body.Span));
        return default;
    }
}

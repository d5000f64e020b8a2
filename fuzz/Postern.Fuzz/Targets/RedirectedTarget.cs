using Postern.Transports.Http.Connect;
using Postern.Transports.Transparent;

namespace Postern.Fuzz.Targets;

/// <summary>The first bytes of a redirected connection: no more bytes change an answer that was given.</summary>
internal sealed class RedirectedTarget : IFuzzTarget
{
    public string Name => "redirected";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        [.. "GET /x HTTP/1.1\r\nA: b\r\nHost: a.example:8080\r\n\r\n"u8], [.. "GET / HTTP/1.0\r\n\r\n"u8], [.. "SSH-2.0-x\r\nHost: a\r\n"u8],
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        var whole = HostPeek.Look(input, out var host);
        for (var length = 1; length < input.Length; length += 1 + (input.Length / 16))
        {
            var early = HostPeek.Look(input[..length], out var found);
            BrokenInvariantException.Unless(early == FirstBytes.Unknown || (early == whole && found == host), "more bytes change no answer");
        }
    }
}

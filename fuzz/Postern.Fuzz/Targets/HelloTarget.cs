using Postern.Transports.Http.Tls;

namespace Postern.Fuzz.Targets;

/// <summary>A TLS ClientHello: no more bytes change an answer that was given.</summary>
internal sealed class HelloTarget : IFuzzTarget
{
    public string Name => "client-hello";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        Hello([0, 0, 0, 14, 0, 12, 0, 0, 9, .. "a.example"u8, 0, 16, 0, 5, 0, 3, 2, .. "h2"u8]), Hello([]),
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        var whole = ClientHelloReader.Read(input, out var hello);
        for (var length = 1; length < input.Length; length += 1 + (input.Length / 16))
        {
            var status = ClientHelloReader.Read(input[..length], out var early);
            BrokenInvariantException.Unless(
                status == ClientHelloStatus.NeedMore || (status == whole && early?.ServerName == hello?.ServerName), "more bytes change no answer");
        }
    }

    private static byte[] Hello(byte[] extensions)
    {
        byte[] body = [3, 3, .. new byte[32], 0, 0, 2, 0x13, 1, 1, 0, (byte)(extensions.Length >> 8), (byte)extensions.Length, .. extensions];
        return [0x16, 3, 1, 0, (byte)(body.Length + 4), 1, 0, 0, (byte)body.Length, .. body];
    }
}

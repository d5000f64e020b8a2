using Postern.Transports.WebSockets;
using Postern.Transports.WebSockets.Deflate;

namespace Postern.Fuzz.Targets;

/// <summary>WebSocket frames of either side, compressed or not: bounded, and independent of the split.</summary>
internal sealed class FrameTarget : IFuzzTarget
{
    private const int MaxMessageBytes = 2000;

    public string Name => "websocket";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        [0x81, 0x05, .. "Hello"u8], [0x01, 0x02, .. "He"u8, 0x89, 0x01, (byte)'p', 0x80, 0x03, .. "llo"u8], [0x88, 0x05, 0x03, 0xE8, .. "bye"u8], [0x82, 126, 0, 126, .. new byte[126]],
        [0xC1, 0x07, 0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0xC1, 0x05, 0xF2, 0x00, 0x11, 0x00, 0x00], [0x41, 0x03, 0xF2, 0x48, 0xCD, 0x80, 0x04, 0xC9, 0xC9, 0x07, 0x00],
        [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58], [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0],
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        foreach (var peer in (SocketPeer[])[SocketPeer.Client, SocketPeer.Server])
        {
            foreach (var terms in (DeflateTerms?[])[null, new(), new() { TheyForget = true }])
            {
                var whole = Read(peer, terms, input, input.Length + 1);
                BrokenInvariantException.Unless(Read(peer, terms, input, 1).SequenceEqual(whole), "messages do not depend on the split");
                BrokenInvariantException.Unless(Read(peer, terms, input, 1 + (input.Length / 2)).SequenceEqual(whole), "messages do not depend on the split in two");
            }
        }
    }

    private static List<string> Read(SocketPeer peer, DeflateTerms? terms, ReadOnlySpan<byte> input, int chunk)
    {
        using var reader = new FrameReader(peer, MaxMessageBytes, terms is null ? null : new MessageInflater(terms, MaxMessageBytes));
        var seen = new List<string>();
        for (var at = 0; at < input.Length; at += chunk)
        {
            reader.Feed(input[at..Math.Min(input.Length, at + chunk)]);
            while (reader.TryNext(out var piece))
            {
                BrokenInvariantException.Unless(piece.Payload.Length <= MaxMessageBytes, "messages are bounded");

                // When a fault of a compressed message is seen, before or after a ping between its fragments, depends on how much of it is
                // there; a message it never becomes.
                if (terms is null || piece is { Fault: SocketFault.None, Opcode: < SocketOpcode.Close })
                {
                    seen.Add($"{piece.Opcode} {piece.CloseCode} {piece.Fault} {Convert.ToHexString(piece.Payload)}");
                }
            }
        }

        return seen;
    }
}

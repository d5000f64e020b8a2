using Postern.Transports.Http.Connect;
using Postern.Transports.Socks;

namespace Postern.Fuzz.Targets;

/// <summary>What a SOCKS5 client says before its tunnel: the same however the bytes arrive.</summary>
internal sealed class SocksTarget : IFuzzTarget
{
    public string Name => "socks";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        [5, 2, 0, 2, 1, 1, (byte)'n', 2, .. "pw"u8, 5, 1, 0, 3, 6, .. "a.test"u8, 1, 0xBB], [5, 1, 0, 5, 1, 0, 4, .. new byte[15], 1, 0, 80], [5, 1, 0, 5, 3, 0, 1, 127, 0, 0, 1, 0, 80],
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        var whole = Read(input, Math.Max(1, input.Length));
        var drip = Read(input, 1 + (input.Length % 3));
        BrokenInvariantException.Unless(whole == drip, $"what is asked for does not depend on the split: {whole} {drip}");
    }

    private static string Read(ReadOnlySpan<byte> input, int chunk)
    {
        var reader = new SocksReader();
        var (start, end) = (0, 0);
        while (reader.Request is null && reader.Fault == ConnectFault.None)
        {
            if (reader.TryRead(input[start..end]))
            {
                start += reader.Fault == ConnectFault.None ? reader.Length : 0;
                BrokenInvariantException.Unless(start <= end, "no more is used than there is");
            }
            else if (end == input.Length)
            {
                break;
            }
            else
            {
                end = Math.Min(input.Length, end + chunk);
            }
        }

        return $"{reader.Step} {reader.Fault} {reader.Request?.Port} {start}";
    }
}

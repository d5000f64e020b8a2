using Postern.Transports.Http.Connect;

namespace Postern.Fuzz.Targets;

/// <summary>The head of a CONNECT: the same answer however the bytes arrive.</summary>
internal sealed class ConnectTarget : IFuzzTarget
{
    public string Name => "connect";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        [.. "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\nX: y\r\n\r\n\x16\x03"u8], [.. "CONNECT [::1]:443 HTTP/1.0\n\n"u8], [.. "GET / HTTP/1.1\r\n\r\n"u8],
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        var whole = Read(input, Math.Max(1, input.Length));
        var drip = Read(input, 1 + (input.Length % 3));
        BrokenInvariantException.Unless(whole == drip, $"the head does not depend on the split: {whole} {drip}");
    }

    private static string Read(ReadOnlySpan<byte> input, int chunk)
    {
        var reader = new ConnectHeadReader();
        var status = ConnectHeadStatus.NeedMore;
        for (var length = Math.Min(chunk, input.Length); status == ConnectHeadStatus.NeedMore && length > 0; length = Math.Min(input.Length, length + chunk))
        {
            status = reader.Read(input[..length]);
            if (length == input.Length)
            {
                break;
            }
        }

        return $"{status} {reader.Fault} {reader.Head?.Bytes.Length}";
    }
}

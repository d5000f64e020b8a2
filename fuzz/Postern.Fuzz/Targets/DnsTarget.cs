using System.Net;
using Postern.Transports.Dns;

namespace Postern.Fuzz.Targets;

/// <summary>A DNS query: whatever is answered fits, repeats the id, and is not taken for a query again.</summary>
internal sealed class DnsTarget : IFuzzTarget
{
    private static readonly IPAddress[] s_addresses = [.. Enumerable.Repeat(IPAddress.Loopback, 40), .. Enumerable.Repeat(IPAddress.IPv6Loopback, 40)];

    public string Name => "dns";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, (byte)'a', 4, .. "test"u8, 0, 0, 1, 0, 1],
        [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, (byte)'a', 4, .. "test"u8, 0, 0, 28, 0, 1, 0, 0, 41, 4, 0xD0, 0, 0, 0, 0, 0, 0],
        [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xC0, 12, 0, 1, 0, 1],
    ];

    public void Run(ReadOnlySpan<byte> input)
    {
        var bytes = input.ToArray();
        if (!DnsReader.TryRead(bytes, out var query))
        {
            return;
        }

        var answer = DnsAnswer.Of(query, query.Code, query.Code == DnsCode.None ? s_addresses : [], query.MaxAnswerBytes);
        BrokenInvariantException.Unless(answer.Length <= query.MaxAnswerBytes, "the answer fits");
        BrokenInvariantException.Unless(answer.AsSpan(0, 2).SequenceEqual(input[..2]), "the id comes back");
        BrokenInvariantException.Unless(!DnsReader.TryRead(answer, out _), "an answer is no query");
    }
}

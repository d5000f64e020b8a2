namespace Postern.Transports.Dns;

/// <summary>One question that was read (RFC 1035 §4.1), or as much of it as an error is answered with.</summary>
/// <param name="Id">Comes back in the answer.</param>
/// <param name="Code">What is wrong with it; <see cref="DnsCode.None"/> when nothing is.</param>
internal sealed record DnsQuery(ushort Id, DnsCode Code)
{
    /// <summary>The kinds of record that addresses are in (RFC 1035 §3.2.2, RFC 3596 §2.1).</summary>
    public const ushort Ipv4 = 1, Ipv6 = 28;

    /// <summary>The operation, which comes back too.</summary>
    public int Opcode { get; init; }

    /// <summary>Recursion was asked for, as by every client that is no server itself.</summary>
    public bool WantsRecursion { get; init; }

    /// <summary>The question as sent, name, type and class; empty where it could not be read.</summary>
    public ReadOnlyMemory<byte> Question { get; init; }

    /// <summary>The labels of the name as sent: letters, digits, hyphens and underscores.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>What kind of record is asked for.</summary>
    public ushort Type { get; init; }

    /// <summary>The client speaks EDNS (RFC 6891), and so must the answer.</summary>
    public bool HasEdns { get; init; }

    /// <summary>Bytes of the longest answer that a datagram may have.</summary>
    public int MaxAnswerBytes { get; init; } = DnsReader.MaxPlainBytes;

    /// <summary>The name with dots between its labels.</summary>
    public string Name => string.Join('.', Labels);

    /// <summary>The labels left of the last two, without dots: how a value that was cut to fit into labels looked before.</summary>
    public string Joined => Labels.Count < 4 ? string.Empty : string.Concat(Labels.SkipLast(2));
}

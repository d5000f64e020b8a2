using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;

namespace Postern.Engine.Detection.Destination;

/// <summary>
/// A host as every later check, the lists, the resolver and the dialler see it: one spelling per host. Owns its bytes, so the host
/// that was judged can be kept across an await and dialled.
/// </summary>
/// <remarks>
/// WHATWG URL §3.5 host parsing, stricter in three places: names hold only letters, digits, hyphen and underscore; DNS lengths are
/// enforced; v4-mapped IPv6 becomes IPv4, so that one address cannot have two entries in a list.
/// </remarks>
public readonly struct CanonicalHost : IEquatable<CanonicalHost>
{
    /// <summary>Longest host in bytes, without a trailing dot (RFC 1035 §2.3.4).</summary>
    public const int MaxBytes = 253;

    private readonly HostBytes _bytes;
    private readonly byte _length;

    // Two halves: code over a value with 128 bits inside is never compiled ahead, and this one is in every message's path.
    private readonly ulong _high;
    private readonly ulong _low;

    internal CanonicalHost(in HostBytes bytes, int length, HostKind kind, UInt128 address)
    {
        _bytes = bytes;
        _length = (byte)length;
        Kind = kind;
        (_high, _low) = ((ulong)(address >> 64), (ulong)address);
    }

    /// <summary>Name or address; <see cref="HostKind.None"/> for the default value.</summary>
    public HostKind Kind { get; }

    /// <summary>True for an address literal, which is judged and dialled without DNS.</summary>
    public bool IsLiteral => Kind is HostKind.Ipv4 or HostKind.Ipv6;

    /// <summary>The canonical text: lower-case ASCII, no trailing dot, no brackets. Lives as long as this value.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => ((ReadOnlySpan<byte>)_bytes)[.._length];

    /// <summary>The address in 128 bits, IPv4 as v4-mapped; meaningless for a name.</summary>
    internal UInt128 Address => new(_high, _low);

    /// <summary>Reads a host as it stands in a URL: percent-encoding, Unicode, every IPv4 spelling, IPv6 in brackets.</summary>
    /// <param name="text">The raw bytes; up to 1024.</param>
    /// <param name="host">The canonical host; default when the result is false.</param>
    /// <param name="fault">Why not; <see cref="UrlFault.None"/> when the result is true.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out CanonicalHost host, out UrlFault fault) =>
        HostReader.TryRead(text, out host, out fault);

    /// <summary>The address to dial, made anew; null for a name and for the default value.</summary>
    public IPAddress? ToAddress() => IsLiteral ? AddressBits.ToAddress(Address) : null;

    /// <summary>True when both name the same host.</summary>
    public bool Equals(CanonicalHost other) => Kind == other.Kind && Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CanonicalHost other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (int)SuffixHash.Of(Bytes);

    /// <summary>The canonical text.</summary>
    public override string ToString() => Encoding.ASCII.GetString(Bytes);

    /// <summary>Equal hosts.</summary>
    public static bool operator ==(CanonicalHost left, CanonicalHost right) => left.Equals(right);

    /// <summary>Different hosts.</summary>
    public static bool operator !=(CanonicalHost left, CanonicalHost right) => !left.Equals(right);
}

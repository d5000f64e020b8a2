using System.Security.Cryptography;
using System.Text;

namespace Postern.Engine.Monitoring;

/// <summary>Hashes what a state is about into a key of fixed size.</summary>
internal static class Subject
{
    private const int MaxActorBytes = 256;

    /// <summary>Hashes remembered, since few agents talk to few domains; another one takes the place of the one in its slot.</summary>
    private const int MaxRemembered = 64;

    /// <summary>Immutable entries, swapped whole: threads may race for a slot, and either is right.</summary>
    private static readonly Known?[] s_known = new Known?[MaxRemembered];

    /// <summary>128 bits of SHA-256 over the actor and the domain.</summary>
    public static UInt128 Of(string actor, ReadOnlySpan<byte> domain)
    {
        var mix = default(HashCode);
        mix.Add(actor);
        mix.AddBytes(domain);
        ref var slot = ref s_known[(uint)mix.ToHashCode() % MaxRemembered];
        if (Volatile.Read(ref slot) is { } known && known.Actor == actor && domain.SequenceEqual(known.Domain))
        {
            return known.Hash;
        }

        var hash = HashOf(actor, domain);
        Volatile.Write(ref slot, new Known(actor, domain.ToArray(), hash));
        return hash;
    }

    private static UInt128 HashOf(string actor, ReadOnlySpan<byte> domain)
    {
        Span<byte> text = stackalloc byte[(MaxActorBytes * 3) + 1 + 256];
        var length = Encoding.UTF8.GetBytes(actor.AsSpan(0, Math.Min(actor.Length, MaxActorBytes)), text);
        text[length++] = 0;
        domain.CopyTo(text[length..]);
        length += domain.Length;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    private sealed record Known(string Actor, byte[] Domain, UInt128 Hash);
}

using System.Security.Cryptography;
using System.Text;

namespace Postern.Engine.Monitoring;

/// <summary>Hashes what a state is about into a key of fixed size.</summary>
internal static class Subject
{
    private const int MaxActorBytes = 256;

    /// <summary>128 bits of SHA-256 over the actor and the domain.</summary>
    public static UInt128 Of(string actor, ReadOnlySpan<byte> domain)
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
}

using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Inspection;

/// <summary>What tells one body, read in one way, from all others: SHA-256 of its bytes, its length and how it is read.</summary>
/// <param name="One">The first quarter of the hash.</param>
/// <param name="Two">The second.</param>
/// <param name="Three">The third.</param>
/// <param name="Four">The last.</param>
/// <param name="Length">Bytes; 0 for no mark.</param>
/// <param name="Content">How the body is read.</param>
/// <param name="IsWhole">Whether it is the whole body.</param>
internal readonly record struct BodyMark(ulong One, ulong Two, ulong Three, ulong Four, int Length, ContentKind Content, bool IsWhole)
{
    /// <summary>Shorter bodies are looked at sooner than a hash is made.</summary>
    public const int MinBytes = 256;

    /// <summary>Longer bodies do not come twice.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>The mark of a body that arrives; none for everything else. What agents send differs each time, and reading it costs less.</summary>
    public static BodyMark Of(scoped in ViewSource source)
    {
        if (source is not { Part: PartKind.Body, Direction: Direction.Inbound, Charset: null, Boundary.IsEmpty: true, Bytes.Length: >= MinBytes and <= MaxBytes })
        {
            return default;
        }

        Span<ulong> hash = stackalloc ulong[SHA256.HashSizeInBytes / sizeof(ulong)];
        SHA256.HashData(source.Bytes, MemoryMarshal.AsBytes(hash));
        return new BodyMark(hash[0], hash[1], hash[2], hash[3], source.Bytes.Length, source.Content, source.Whole);
    }
}

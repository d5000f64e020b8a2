using System.Numerics;
using System.Security.Cryptography;

namespace Postern.Engine.Evidence;

/// <summary>
/// The Merkle tree hash of RFC 6962 section 2.1 over a growing list, held as its right edge: the roots of the complete subtrees that
/// make it up, largest first, one for each bit set in <see cref="Size"/>.
/// </summary>
public sealed class MerkleTree
{
    /// <summary>Length of every hash, in bytes.</summary>
    public const int HashBytes = SHA256.HashSizeInBytes;

    /// <summary>The longest edge, in bytes: a tree of 2^63-1 leaves.</summary>
    public const int MaxEdgeBytes = 63 * HashBytes;

    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;

    private readonly byte[] _edge = new byte[MaxEdgeBytes + HashBytes];

    /// <summary>How many leaves were added.</summary>
    public long Size { get; private set; }

    /// <summary>The roots of the complete subtrees, largest first; enough to go on from, and to compute the root. Valid until the next append.</summary>
    public ReadOnlySpan<byte> Edge => _edge.AsSpan(0, BitOperations.PopCount((ulong)Size) * HashBytes);

    /// <summary>The tree that has this edge; false when the length does not fit the size.</summary>
    public static bool TryRestore(long size, ReadOnlySpan<byte> edge, out MerkleTree tree)
    {
        tree = new MerkleTree();
        if (size < 0 || edge.Length != BitOperations.PopCount((ulong)size) * HashBytes)
        {
            return false;
        }

        edge.CopyTo(tree._edge);
        tree.Size = size;
        return true;
    }

    /// <summary>Hash of a leaf, 32 bytes.</summary>
    public static void HashLeaf(ReadOnlySpan<byte> hash, Span<byte> leaf)
    {
        Span<byte> input = stackalloc byte[1 + HashBytes];
        input[0] = LeafPrefix;
        hash.CopyTo(input[1..]);
        SHA256.HashData(input, leaf);
    }

    /// <summary>Hash of an inner node, 32 bytes; <paramref name="node"/> may be one of the inputs.</summary>
    public static void HashNode(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> node)
    {
        Span<byte> input = stackalloc byte[1 + (2 * HashBytes)];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + HashBytes)..]);
        SHA256.HashData(input, node);
    }

    /// <summary>Adds one leaf; its content is a 32-byte hash.</summary>
    public void Append(ReadOnlySpan<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(hash.Length, HashBytes);
        var top = Edge.Length;
        HashLeaf(hash, _edge.AsSpan(top));
        for (var complete = BitOperations.TrailingZeroCount(Size + 1); complete > 0; complete--)
        {
            var left = _edge.AsSpan(top - HashBytes, HashBytes);
            HashNode(left, _edge.AsSpan(top, HashBytes), left);
            top -= HashBytes;
        }

        Size++;
    }

    /// <summary>Writes the root of the tree as it stands, 32 bytes; the empty tree's root is the hash of nothing.</summary>
    public void WriteRoot(Span<byte> root)
    {
        var edge = Edge;
        if (edge.IsEmpty)
        {
            SHA256.HashData([], root);
            return;
        }

        edge[^HashBytes..].CopyTo(root);
        for (var left = edge.Length - (2 * HashBytes); left >= 0; left -= HashBytes)
        {
            HashNode(edge.Slice(left, HashBytes), root[..HashBytes], root);
        }
    }
}

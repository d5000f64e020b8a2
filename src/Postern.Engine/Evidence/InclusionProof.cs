namespace Postern.Engine.Evidence;

/// <summary>Shows that one record is among the first <see cref="Size"/> of a chain (RFC 6962 section 2.1.1).</summary>
/// <param name="Index">The record's sequence number.</param>
/// <param name="Size">How many records the tree has.</param>
/// <param name="Path">The hashes beside the way from the leaf to the root, nearest to the leaf first, 32 bytes each, one after another.</param>
public sealed record InclusionProof(long Index, long Size, ReadOnlyMemory<byte> Path)
{
    /// <summary>True when a leaf with this 32-byte content and this path lead to <paramref name="root"/>.</summary>
    public bool Verify(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> root)
    {
        if (Index < 0 || Index >= Size || hash.Length != MerkleTree.HashBytes || Path.Length % MerkleTree.HashBytes != 0)
        {
            return false;
        }

        Span<byte> node = stackalloc byte[MerkleTree.HashBytes];
        MerkleTree.HashLeaf(hash, node);
        var (place, last) = (Index, Size - 1);
        for (var rest = Path.Span; !rest.IsEmpty; rest = rest[MerkleTree.HashBytes..])
        {
            if (last == 0)
            {
                return false;
            }

            var beside = rest[..MerkleTree.HashBytes];
            if ((place & 1) == 1 || place == last)
            {
                MerkleTree.HashNode(beside, node, node);
                Climb(ref place, ref last);
            }
            else
            {
                MerkleTree.HashNode(node, beside, node);
            }

            place >>= 1;
            last >>= 1;
        }

        return last == 0 && node.SequenceEqual(root);
    }

    // At the right edge a node without a partner rises unhashed; skip those levels (RFC 9162 section 2.1.3.2).
    private static void Climb(ref long place, ref long last)
    {
        while ((place & 1) == 0 && place != 0)
        {
            place >>= 1;
            last >>= 1;
        }
    }
}

namespace Postern.Engine.Evidence;

/// <summary>Builds the proof for one leaf while all leaves pass by once, in memory that grows with the logarithm of their number.</summary>
public sealed class InclusionProofBuilder
{
    private readonly List<Subtree> _edge = [];
    private readonly List<byte[]> _path = [];

    /// <summary>A builder for the leaf at <paramref name="index"/>, from 0.</summary>
    public InclusionProofBuilder(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        Index = index;
    }

    /// <summary>The leaf the proof is for.</summary>
    public long Index { get; }

    /// <summary>Leaves taken so far.</summary>
    public long Size { get; private set; }

    /// <summary>Takes the next leaf's content, a 32-byte hash.</summary>
    public void Append(ReadOnlySpan<byte> hash)
    {
        var node = new byte[MerkleTree.HashBytes];
        MerkleTree.HashLeaf(hash, node);
        var tree = new Subtree(node, Size == Index);
        Size++;
        for (var complete = System.Numerics.BitOperations.TrailingZeroCount(Size); complete > 0; complete--)
        {
            tree = Join(_edge[^1], tree, _path);
            _edge.RemoveAt(_edge.Count - 1);
        }

        _edge.Add(tree);
    }

    /// <summary>The proof in the tree of all leaves taken so far; more leaves may follow, and another proof.</summary>
    /// <exception cref="InvalidOperationException">The leaf itself has not passed by yet.</exception>
    public InclusionProof Build()
    {
        if (Index >= Size)
        {
            throw new InvalidOperationException("The leaf has not been appended yet.");
        }

        var path = new List<byte[]>(_path);
        var right = _edge[^1];
        for (var i = _edge.Count - 2; i >= 0; i--)
        {
            right = Join(_edge[i], right, path);
        }

        return new InclusionProof(Index, Size, path.SelectMany(hash => hash).ToArray());
    }

    private static Subtree Join(Subtree left, Subtree right, List<byte[]> path)
    {
        if (left.HasLeaf || right.HasLeaf)
        {
            path.Add(left.HasLeaf ? right.Root : left.Root);
        }

        var root = new byte[MerkleTree.HashBytes];
        MerkleTree.HashNode(left.Root, right.Root, root);
        return new Subtree(root, left.HasLeaf || right.HasLeaf);
    }

    private readonly record struct Subtree(byte[] Root, bool HasLeaf);
}

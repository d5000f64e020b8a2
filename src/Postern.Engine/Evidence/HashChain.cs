using System.Security.Cryptography;

namespace Postern.Engine.Evidence;

/// <summary>
/// What a chain of records has come to: the hash of its last record, the next sequence number, and the Merkle tree over the hashes of
/// all records. Writer and verifier share it, so they cannot disagree about what is hashed: a record's line without its line feed.
/// </summary>
public sealed class HashChain
{
    private readonly byte[] _head = new byte[MerkleTree.HashBytes];

    /// <summary>A chain without records.</summary>
    public HashChain()
        : this(new MerkleTree(), new byte[MerkleTree.HashBytes])
    {
    }

    /// <summary>A chain taken up where <paramref name="tree"/> ends; <paramref name="head"/> is the hash of its last record.</summary>
    public HashChain(MerkleTree tree, ReadOnlySpan<byte> head)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentOutOfRangeException.ThrowIfNotEqual(head.Length, MerkleTree.HashBytes);
        Tree = tree;
        head.CopyTo(_head);
    }

    /// <summary>The tree over the hashes of all records so far.</summary>
    public MerkleTree Tree { get; }

    /// <summary>The sequence number the next record gets; the first record, the header, has 0.</summary>
    public long NextSequence => Tree.Size;

    /// <summary>SHA-256 of the last record; zeros for a chain without records.</summary>
    public ReadOnlySpan<byte> Head => _head;

    /// <summary>Takes in one record's line, without its line feed.</summary>
    public void Extend(ReadOnlySpan<byte> line)
    {
        SHA256.HashData(line, _head);
        Tree.Append(_head);
    }
}

using System.Security.Cryptography;
using Postern.Engine.Evidence;

namespace Postern.Engine.Tests.Evidence;

public sealed class MerkleTreeTests
{
    private const int Largest = 70;

    [Fact]
    public void The_root_of_nothing_is_the_hash_of_nothing() =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Convert.ToHexStringLower(RootOf(new MerkleTree())));

    [Fact]
    public void Every_root_is_the_one_the_RFC_defines()
    {
        var tree = new MerkleTree();
        for (var size = 1; size <= Largest; size++)
        {
            tree.Append(Leaf(size - 1));
            Assert.Equal(size, tree.Size);
            Assert.Equal(Defined(0, size), RootOf(tree));
        }
    }

    [Fact]
    public void A_restored_edge_goes_on_to_the_same_roots()
    {
        for (var cut = 0; cut < 20; cut++)
        {
            var whole = Grown(cut);
            Assert.True(MerkleTree.TryRestore(whole.Size, whole.Edge, out var restored));
            for (var i = cut; i < 40; i++)
            {
                whole.Append(Leaf(i));
                restored.Append(Leaf(i));
                Assert.Equal(RootOf(whole), RootOf(restored));
            }
        }
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(0, 1)]
    [InlineData(-1, 0)]
    public void Refuses_an_edge_that_does_not_fit_the_size(long size, int hashes) =>
        Assert.False(MerkleTree.TryRestore(size, new byte[hashes * MerkleTree.HashBytes], out _));

    [Fact]
    public void Every_leaf_of_every_tree_proves_itself_and_only_itself()
    {
        for (var size = 1; size <= 34; size++)
        {
            var root = Defined(0, size);
            for (var index = 0; index < size; index++)
            {
                var proof = ProofOf(index, size);
                Assert.True(proof.Verify(Leaf(index), root));
                Assert.False(proof.Verify(Leaf(index + 1), root));
                Assert.False((proof with { Index = index + 1 }).Verify(Leaf(index), root));
                Assert.False((proof with { Path = proof.Path.ToArray().Append((byte)0).ToArray() }).Verify(Leaf(index), root));
                Assert.False((proof with { Path = proof.Path.ToArray().Concat(new byte[32]).ToArray() }).Verify(Leaf(index), root));
                if (proof.Path.Length > 0)
                {
                    var bent = proof.Path.ToArray();
                    bent[size % bent.Length] ^= 1;
                    Assert.False((proof with { Path = bent }).Verify(Leaf(index), root));
                    Assert.False((proof with { Path = proof.Path[32..] }).Verify(Leaf(index), root));
                }
            }
        }
    }

    [Fact]
    public void A_proof_cannot_be_built_before_its_leaf() =>
        Assert.Throws<InvalidOperationException>(() => new InclusionProofBuilder(0).Build());

    private static InclusionProof ProofOf(int index, int size)
    {
        var builder = new InclusionProofBuilder(index);
        for (var i = 0; i < size; i++)
        {
            builder.Append(Leaf(i));
        }

        return builder.Build();
    }

    private static MerkleTree Grown(int size)
    {
        var tree = new MerkleTree();
        for (var i = 0; i < size; i++)
        {
            tree.Append(Leaf(i));
        }

        return tree;
    }

    private static byte[] Leaf(int index) => SHA256.HashData(BitConverter.GetBytes(index));

    private static byte[] RootOf(MerkleTree tree)
    {
        var root = new byte[MerkleTree.HashBytes];
        tree.WriteRoot(root);
        return root;
    }

    // RFC 6962 section 2.1, word for word: split at the largest power of two below the size.
    private static byte[] Defined(int from, int to)
    {
        if (to - from == 1)
        {
            return SHA256.HashData([0, .. Leaf(from)]);
        }

        var split = 1;
        while (split * 2 < to - from)
        {
            split *= 2;
        }

        return SHA256.HashData([1, .. Defined(from, from + split), .. Defined(from + split, to)]);
    }
}

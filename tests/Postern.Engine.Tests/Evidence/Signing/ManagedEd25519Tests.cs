using System.Numerics;
using System.Security.Cryptography;
using Postern.Engine.Evidence.Signing;

namespace Postern.Engine.Tests.Evidence.Signing;

public sealed class ManagedEd25519Tests
{
    private static readonly ManagedEd25519 s_algorithm = new();
    private static readonly BigInteger s_order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);

    // RFC 8032 section 7.1.
    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    [InlineData(
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704")]
    public void Signs_and_verifies_the_vectors_of_the_RFC(string seed, string publicKey, string message, string signature)
    {
        var key = new byte[32];
        var signed = new byte[64];
        s_algorithm.DerivePublicKey(Hex(seed), key);
        s_algorithm.Sign(Hex(seed), Hex(message), signed);
        Assert.Equal(publicKey, Convert.ToHexStringLower(key));
        Assert.Equal(signature, Convert.ToHexStringLower(signed));
        Assert.True(s_algorithm.Verify(key, Hex(message), signed));
    }

    [Fact]
    public void Every_flipped_bit_is_refused()
    {
        var (key, message, signature) = Sample();
        Assert.True(s_algorithm.Verify(key, message, signature));
        for (var bit = 0; bit < 512; bit++)
        {
            Assert.False(s_algorithm.Verify(key, message, Flipped(signature, bit)));
        }

        for (var bit = 0; bit < 256; bit++)
        {
            Assert.False(s_algorithm.Verify(Flipped(key, bit), message, signature));
        }

        for (var bit = 0; bit < message.Length * 8; bit++)
        {
            Assert.False(s_algorithm.Verify(key, Flipped(message, bit), signature));
        }
    }

    [Fact]
    public void A_signature_with_S_raised_by_the_order_is_refused()
    {
        var (key, message, signature) = Sample();
        var raised = new BigInteger(signature.AsSpan(32), isUnsigned: true) + s_order;
        Assert.True(raised.TryWriteBytes(signature.AsSpan(32), out _, isUnsigned: true));
        Assert.False(s_algorithm.Verify(key, message, signature));
    }

    [Theory]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000", "the identity")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "order 2")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", "order 4")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000080", "order 4, other sign")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "order 8")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85", "order 8, other sign")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", "order 8")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa", "order 8, other sign")]
    public void A_key_of_small_order_is_refused_though_the_curve_has_it(string encoded, string what)
    {
        Assert.True(EdwardsPoint.TryRead(Hex(encoded), out var point), what);
        var multiple = new byte[32];
        point.Doubled(3).Write(multiple);
        Assert.Equal(1, multiple[0]);
        Assert.True(multiple.AsSpan(1).IndexOfAnyExcept((byte)0) < 0, what);
        Assert.False(Ed25519Strictness.AcceptsKey(Hex(encoded)), what);
    }

    // With A the identity and R = S*B, the equation holds for every message; only strictness stands in between.
    [Fact]
    public void A_signature_that_fits_every_message_is_refused()
    {
        var identity = new byte[32];
        identity[0] = 1;
        var scalar = new byte[32];
        scalar[0] = 5;
        var signature = new byte[64];
        EdwardsPoint.MultiplyBase(scalar).Write(signature);
        scalar.CopyTo(signature, 32);
        Assert.False(s_algorithm.Verify(identity, "anything"u8, signature));
    }

    [Theory]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "p, that is 0")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "p+1, that is 1")]
    [InlineData("f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "p+3")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "2^255-1")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "2^255-1 with sign")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080", "x = 0 with sign")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "y = -1 with sign")]
    public void A_key_that_is_not_canonical_is_refused(string encoded, string what)
    {
        Assert.False(EdwardsPoint.TryRead(Hex(encoded), out _), what);
        Assert.False(Ed25519Strictness.AcceptsKey(Hex(encoded)), what);
    }

    [Fact]
    public void A_key_that_is_no_point_is_refused()
    {
        var encoded = new byte[32];
        encoded[0] = 2;
        Assert.True(Ed25519Strictness.AcceptsKey(encoded));
        Assert.False(EdwardsPoint.TryRead(encoded, out _));
        Assert.False(s_algorithm.Verify(encoded, default, new byte[64]));
    }

    [Theory]
    [InlineData("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010", false)]
    [InlineData("ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010", true)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000020", false)]
    [InlineData("ffffffffffffffffffffffffffffffff00000000000000000000000000000010", false)]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", true)]
    public void An_S_must_be_below_the_order(string s, bool accepted) =>
        Assert.Equal(accepted, Ed25519Strictness.AcceptsSignature([.. new byte[32], .. Hex(s)]));

    [Theory]
    [InlineData(31, 64)]
    [InlineData(33, 64)]
    [InlineData(32, 63)]
    [InlineData(32, 65)]
    [InlineData(0, 0)]
    public void Wrong_lengths_are_refused(int keyBytes, int signatureBytes)
    {
        var (key, message, signature) = Sample();
        Array.Resize(ref key, keyBytes);
        Array.Resize(ref signature, signatureBytes);
        Assert.False(s_algorithm.Verify(key, message, signature));
    }

    [Fact]
    public void Scalars_agree_with_big_integers()
    {
        var wide = new byte[64];
        var reduced = new byte[32];
        for (var i = 0; i < 500; i++)
        {
            SHA512.HashData(BitConverter.GetBytes(i), wide);
            if (i % 5 == 0)
            {
                wide.AsSpan(i % 64).Fill(0xff);
            }

            Scalar.Reduce(wide, reduced);
            Assert.Equal(new BigInteger(wide, isUnsigned: true) % s_order, new BigInteger(reduced, isUnsigned: true));

            var (a, b, c) = (wide[..32], SHA256.HashData(wide), SHA256.HashData(reduced));
            a[31] &= 0x7f;
            Scalar.MultiplyAdd(b, a, c, reduced);
            var expected = ((new BigInteger(b, true) * new BigInteger(a, true)) + new BigInteger(c, true)) % s_order;
            Assert.Equal(expected, new BigInteger(reduced, isUnsigned: true));
        }
    }

    [Fact]
    public void Field_elements_agree_with_big_integers()
    {
        var prime = BigInteger.Pow(2, 255) - 19;
        var written = new byte[32];
        byte[][] edges =
        [
            new byte[32],
            Hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
            Hex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
            Hex("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
            .. Enumerable.Range(0, 40).Select(i => SHA256.HashData(BitConverter.GetBytes(i))),
        ];
        foreach (var left in edges)
        {
            foreach (var right in edges)
            {
                var (x, y) = (FieldElement.Read(left), FieldElement.Read(right));
                var (bigX, bigY) = (Big(left), Big(right));
                Same((bigX * bigY) % prime, FieldElement.Multiply(x, y));
                Same((bigX + bigY) % prime, FieldElement.Add(x, y));
                Same((bigX - bigY + (2 * prime)) % prime, FieldElement.Subtract(x, y));
                Same(bigX * bigX % prime, FieldElement.Square(x));
            }

            Same(BigInteger.ModPow(Big(left), prime - 2, prime), FieldElement.Invert(FieldElement.Read(left)));
            Same(BigInteger.ModPow(Big(left), (prime - 5) / 8, prime), FieldElement.PowerP58(FieldElement.Read(left)));
        }

        static BigInteger Big(byte[] bytes) => new BigInteger(bytes, isUnsigned: true) % BigInteger.Pow(2, 255);

        void Same(BigInteger expected, FieldElement actual)
        {
            actual.Write(written);
            Assert.Equal(expected, new BigInteger(written, isUnsigned: true));
        }
    }

    [Fact]
    public void A_wiped_signer_does_not_sign()
    {
        var signer = new EvidenceSigner(s_algorithm, new byte[32]);
        signer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => signer.Sign("x"u8, new byte[64]));
    }

    private static (byte[] Key, byte[] Message, byte[] Signature) Sample()
    {
        var seed = SHA256.HashData("a seed"u8);
        var key = new byte[32];
        var signature = new byte[64];
        s_algorithm.DerivePublicKey(seed, key);
        s_algorithm.Sign(seed, "a message"u8, signature);
        return (key, "a message"u8.ToArray(), signature);
    }

    private static byte[] Flipped(byte[] bytes, int bit)
    {
        var copy = (byte[])bytes.Clone();
        copy[bit / 8] ^= (byte)(1 << (bit % 8));
        return copy;
    }

    private static byte[] Hex(string hex) => Convert.FromHexString(hex);
}

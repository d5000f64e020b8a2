using System.Numerics;
using System.Security.Cryptography;
using Postern.Engine.Evidence.Signing;
using Postern.Transports.Evidence;

namespace Postern.Transports.Tests.Evidence;

public sealed class OpenSslEd25519Tests
{
    private static readonly ManagedEd25519 s_managed = new();
    private readonly OpenSslEd25519 _system = System();

    [Fact]
    public void Both_implementations_make_the_same_keys_and_signatures_and_accept_each_other()
    {
        Span<byte> ours = stackalloc byte[96];
        Span<byte> theirs = stackalloc byte[96];
        for (var i = 0; i < 300; i++)
        {
            var seed = SHA256.HashData(BitConverter.GetBytes(i));
            var message = new byte[i % 7 == 0 ? 0 : i * 3];
            message.AsSpan().Fill((byte)i);
            s_managed.DerivePublicKey(seed, ours);
            _system.DerivePublicKey(seed, theirs);
            s_managed.Sign(seed, message, ours[32..]);
            _system.Sign(seed, message, theirs[32..]);
            Assert.Equal(Convert.ToHexStringLower(theirs), Convert.ToHexStringLower(ours));
            Assert.True(s_managed.Verify(theirs[..32], message, theirs[32..]));
            Assert.True(_system.Verify(ours[..32], message, ours[32..]));
        }
    }

    [Fact]
    public void Both_implementations_refuse_every_flipped_bit()
    {
        var seed = SHA256.HashData("flip"u8);
        var sample = new byte[96];
        s_managed.DerivePublicKey(seed, sample);
        s_managed.Sign(seed, "message"u8, sample.AsSpan(32));
        for (var bit = 0; bit < sample.Length * 8; bit++)
        {
            sample[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(_system.Verify(sample.AsSpan(0, 32), "message"u8, sample.AsSpan(32)));
            Assert.False(s_managed.Verify(sample.AsSpan(0, 32), "message"u8, sample.AsSpan(32)));
            sample[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    // Every pairing of odd keys with odd R and S: whatever one takes, the other must take.
    [Fact]
    public void Both_implementations_agree_on_every_odd_encoding()
    {
        string[] points =
        [
            "0100000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000080",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            "0200000000000000000000000000000000000000000000000000000000000000",
            "5866666666666666666666666666666666666666666666666666666666666666",
        ];
        string[] scalars =
        [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010",
            "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010",
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        ];
        var accepted = 0;
        foreach (var key in points)
        {
            foreach (var r in points)
            {
                foreach (var s in scalars)
                {
                    byte[] signature = [.. Convert.FromHexString(r), .. Convert.FromHexString(s)];
                    var system = _system.Verify(Convert.FromHexString(key), "m"u8, signature);
                    Assert.True(system == s_managed.Verify(Convert.FromHexString(key), "m"u8, signature), $"A {key} R {r} S {s}");
                    accepted += system ? 1 : 0;
                }
            }
        }

        Assert.Equal(0, accepted);
    }

    [Fact]
    public void Both_implementations_refuse_a_raised_S()
    {
        var order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", global::System.Globalization.CultureInfo.InvariantCulture);
        var seed = SHA256.HashData("raise"u8);
        var key = new byte[32];
        var signature = new byte[64];
        _system.DerivePublicKey(seed, key);
        _system.Sign(seed, "m"u8, signature);
        Assert.True((new BigInteger(signature.AsSpan(32), isUnsigned: true) + order).TryWriteBytes(signature.AsSpan(32), out _, isUnsigned: true));
        Assert.False(_system.Verify(key, "m"u8, signature));
        Assert.False(s_managed.Verify(key, "m"u8, signature));
    }

    [Fact]
    public void The_system_library_is_chosen_where_it_is_present() => Assert.IsType<OpenSslEd25519>(OpenSslEd25519.OrManaged());

    private static OpenSslEd25519 System()
    {
        Assert.SkipUnless(OpenSslEd25519.TryCreate(out var system), "needs libcrypto.so.3");
        return system!;
    }
}

using System.Numerics;
using System.Security.Cryptography;
using Postern.Engine.Evidence.Signing;
using Postern.Transports.Evidence;

namespace Postern.Transports.Tests.Evidence;

/// <summary>
/// The classes of edge cases that the Wycheproof project names for EdDSA, built by arithmetic of our own: all three implementations, the
/// textbook's included, must say the same, and what the class demands.
/// </summary>
public sealed class Ed25519EdgeCaseTests
{
    private static readonly BigInteger s_secret = Curve.Number(SHA256.HashData("secret"u8)) % Curve.L;
    private static readonly BigInteger s_nonce = Curve.Number(SHA256.HashData("nonce"u8)) % Curve.L;
    private static readonly byte[] s_message = "123400"u8.ToArray();
    private static readonly byte[] s_key = Curve.Encode(Curve.Multiply(s_secret, Curve.Base));
    private static readonly byte[] s_good = Sign(s_message);

    [Fact]
    public void The_textbook_signs_what_everybody_accepts() => Agree(true, s_key, s_message, s_good);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(14)]
    public void Malleability_S_plus_a_multiple_of_the_order(int times) => Agree(false, s_key, s_message, WithS(Curve.Number(s_good.AsSpan(32)) + (times * Curve.L)));

    [Theory]
    [InlineData(252)]
    [InlineData(253)]
    [InlineData(254)]
    [InlineData(255)]
    public void Malleability_a_high_bit_of_S(int bit) => Agree(false, s_key, s_message, WithS(Curve.Number(s_good.AsSpan(32)) | BigInteger.Pow(2, bit)));

    public static TheoryData<string> Numbers =>
        ["0", "1", "L-1", "L", "L+1", "2^252", "2^255-1", "2^256-1", "p-1", "p", "p+1", "2^255", "2^255+1", "2^255+p-1", "2^255+p"];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Special_values_of_S_of_R_and_of_both(string name)
    {
        var special = Curve.Bytes(Named(name));

        Agree(false, s_key, s_message, [.. s_good[..32], .. special]);
        Agree(false, s_key, s_message, [.. special, .. s_good[32..]]);
        Agree(false, s_key, s_message, [.. special, .. special]);
        Agree(false, special, s_message, s_good);
    }

    [Fact]
    public void Truncated_lengthened_and_missing_signatures()
    {
        for (var length = 0; length < 64; length++)
        {
            Agree(false, s_key, s_message, s_good[..length]);
            Agree(false, s_key, s_message, s_good[^length..]);
        }

        Agree(false, s_key, s_message, [.. s_good, 0]);
        Agree(false, s_key, s_message, [0, .. s_good]);
        Agree(false, s_key, s_message, [.. s_good[..32], 0, .. s_good[32..]]);
        Agree(false, s_key, s_message, [.. s_good, .. s_good]);
        Agree(false, s_key, s_message, new byte[64]);
        Agree(false, s_key, s_message, [.. Enumerable.Repeat((byte)0xff, 64)]);
        Agree(false, s_key[..31], s_message, s_good);
        Agree(false, [.. s_key, 0], s_message, s_good);
        Agree(false, [], s_message, s_good);
    }

    [Fact]
    public void Parts_exchanged_reversed_or_negated()
    {
        var r = Curve.Decode(s_good.AsSpan(0, 32))!.Value;
        var s = Curve.Number(s_good.AsSpan(32));

        Agree(false, s_key, s_message, [.. s_good[32..], .. s_good[..32]]);
        Agree(false, s_key, s_message, [.. s_good.Reverse()]);
        Agree(false, s_key, s_message, [.. Curve.Encode(Curve.Negate(r)), .. s_good[32..]]);
        Agree(false, s_key, s_message, WithS(Curve.L - s));
        Agree(false, Curve.Encode(Curve.Negate(Curve.Decode(s_key)!.Value)), s_message, s_good);
        Agree(false, s_key, [], s_good);
        Agree(false, s_key, [.. s_message, 0], s_good);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(10_000)]
    public void Messages_of_every_length(int length)
    {
        var message = new byte[length];
        Agree(true, s_key, message, Sign(message));
    }

    [Fact]
    public void A_key_of_small_order_is_refused_even_where_the_equation_holds()
    {
        foreach (var small in Curve.Torsion)
        {
            var key = Curve.Encode(small);
            foreach (var other in Curve.Torsion)
            {
                // S = 0 and R = -kA hold for one message in eight.
                Agree(false, key, s_message, [.. Curve.Encode(other), .. new byte[32]]);
            }
        }
    }

    [Fact]
    public void An_R_of_small_order_is_accepted_only_when_it_is_what_the_equation_demands()
    {
        foreach (var small in Curve.Torsion)
        {
            // With the nonce zero R is the identity, and S = ka holds for it and for nothing else.
            var r = Curve.Encode(small);
            var s = Curve.Challenge(r, s_key, s_message) * s_secret % Curve.L;
            Agree(small == Curve.Zero, s_key, s_message, [.. r, .. Curve.Bytes(s)]);
        }
    }

    [Fact]
    public void A_key_or_R_of_mixed_order_follows_the_equation_without_the_cofactor()
    {
        var accepted = 0;
        for (byte i = 0; i < 8; i++)
        {
            byte[] message = [i];
            foreach (var small in Curve.Torsion.Skip(1))
            {
                var key = Curve.Encode(Curve.Add(Curve.Decode(s_key)!.Value, small));
                accepted += Agree(null, key, message, Sign(message, key)) ? 1 : 0;

                var r = Curve.Encode(Curve.Add(Curve.Multiply(s_nonce, Curve.Base), small));
                Agree(false, s_key, message, [.. r, .. Response(r, s_key, message)]);
            }
        }

        // Which messages fit is chance, one in eight for most points: without any the test would show nothing.
        Assert.InRange(accepted, 3, 40);
    }

    [Fact]
    public void Encodings_that_are_not_canonical_are_refused_as_key_and_as_R()
    {
        for (var low = 0xed; low <= 0xff; low++)
        {
            foreach (var high in new byte[] { 0x7f, 0xff })
            {
                byte[] odd = [(byte)low, .. Enumerable.Repeat((byte)0xff, 30), high];
                Agree(false, odd, s_message, Sign(s_message, odd));
                Agree(false, s_key, s_message, [.. odd, .. Response(odd, s_key, s_message)]);
            }
        }

        // x = 0 with the sign bit.
        foreach (var y in new[] { BigInteger.One, Curve.P - 1 })
        {
            var odd = Curve.Bytes(y + BigInteger.Pow(2, 255));
            Agree(false, odd, s_message, Sign(s_message, odd));
            Agree(false, s_key, s_message, [.. odd, .. Response(odd, s_key, s_message)]);
        }
    }

    [Fact]
    public void Bytes_that_are_no_point_are_refused()
    {
        var none = 0;
        for (var y = 2; y < 40; y++)
        {
            var encoded = Curve.Bytes(y);
            none += Curve.Decode(encoded) is null ? 1 : 0;
            Agree(false, encoded, s_message, Sign(s_message, encoded));
            Agree(false, s_key, s_message, [.. encoded, .. Response(encoded, s_key, s_message)]);
        }

        Assert.InRange(none, 10, 30);
    }

    private static bool Agree(bool? expected, byte[] key, byte[] message, byte[] signature)
    {
        var textbook = Curve.Accepts(key, message, signature);
        var place = $"A {Convert.ToHexStringLower(key)} M {Convert.ToHexStringLower(message)} RS {Convert.ToHexStringLower(signature)}";
        Assert.True(expected is null || expected == textbook, $"textbook says {textbook}: {place}");
        Assert.True(new ManagedEd25519().Verify(key, message, signature) == textbook, "managed: " + place);
        if (OpenSslEd25519.TryCreate(out var system))
        {
            Assert.True(system.Verify(key, message, signature) == textbook, "system: " + place);
        }

        return textbook;
    }

    private static byte[] Sign(byte[] message, byte[]? key = null)
    {
        var r = Curve.Encode(Curve.Multiply(s_nonce, Curve.Base));
        return [.. r, .. Response(r, key ?? s_key, message)];
    }

    private static byte[] Response(byte[] r, byte[] key, byte[] message) =>
        Curve.Bytes((s_nonce + (Curve.Challenge(r, key, message) * s_secret)) % Curve.L);

    private static byte[] WithS(BigInteger s) => [.. s_good[..32], .. Curve.Bytes(s)];

    private static BigInteger Named(string name) => name.Split('+') is [var left, var right]
        ? Named(left) + Named(right)
        : name switch
        {
            "0" => 0,
            "1" => 1,
            "L" => Curve.L,
            "L-1" => Curve.L - 1,
            "p" => Curve.P,
            "p-1" => Curve.P - 1,
            "2^252" => BigInteger.Pow(2, 252),
            "2^255" => BigInteger.Pow(2, 255),
            "2^255-1" => BigInteger.Pow(2, 255) - 1,
            "2^256-1" => BigInteger.Pow(2, 256) - 1,
            _ => throw new ArgumentException(name, nameof(name)),
        };
}

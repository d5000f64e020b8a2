using Postern.Engine.Detection.Matching;

namespace Postern.Engine.Tests.Detection.Matching;

public sealed class LiteralMatcherPropertyTests
{
    // Small alphabets make prefixes, suffixes and overlaps common; the last has neighbours of letters and high bytes.
    private static readonly string[] s_alphabets =
    [
        "ab", "aAbB", "abcdefgh-_", "aA\u0000\u0080\u00FF", "@`[{aAzZ\u00E1\u00C1", "01 /",
    ];

    [Theory]
    [InlineData(1, 2, 4)]
    [InlineData(3, 2, 8)]
    [InlineData(10, 3, 6)]
    [InlineData(40, 2, 12)]
    [InlineData(200, 2, 64)]
    [InlineData(900, 3, 20)]
    public void Agrees_with_the_naive_matcher_at_every_short_length(int count, int shortest, int longest)
    {
        for (var seed = 0; seed < s_alphabets.Length; seed++)
        {
            var random = new Random((count * 31) + seed);
            var literals = RandomLiterals(random, s_alphabets[seed], count, shortest, longest);
            var matcher = LiteralMatcher.Build(literals);
            for (var length = 0; length <= 200; length += count > 100 ? 7 : 1)
            {
                Matching.AssertAgreesWithNaive(matcher, literals, RandomText(random, s_alphabets[seed], literals, length));
            }
        }
    }

    [Theory]
    [InlineData(2, 2, 3)]
    [InlineData(60, 3, 16)]
    [InlineData(300, 4, 64)]
    public void Agrees_with_the_naive_matcher_on_longer_texts(int count, int shortest, int longest)
    {
        for (var seed = 0; seed < s_alphabets.Length; seed++)
        {
            var random = new Random((count * 17) + seed);
            var literals = RandomLiterals(random, s_alphabets[seed], count, shortest, longest);
            var matcher = LiteralMatcher.Build(literals);
            for (var round = 0; round < 3; round++)
            {
                Matching.AssertAgreesWithNaive(matcher, literals, RandomText(random, s_alphabets[seed], literals, random.Next(200, 4096)));
            }
        }
    }

    [Fact]
    public void Agrees_with_the_naive_matcher_over_all_byte_values()
    {
        var random = new Random(5);
        var everything = new string([.. Enumerable.Range(0, 256).Select(value => (char)value)]);
        var literals = RandomLiterals(random, everything, 1500, 2, 10);
        var matcher = LiteralMatcher.Build(literals);
        for (var round = 0; round < 4; round++)
        {
            Matching.AssertAgreesWithNaive(matcher, literals, RandomText(random, everything, literals, 1500));
        }
    }

    private static Literal[] RandomLiterals(Random random, string alphabet, int count, int shortest, int longest)
    {
        var literals = new Literal[count];
        for (var i = 0; i < count; i++)
        {
            // Some continue, end or repeat an earlier one; ids repeat too.
            var bytes = RandomBytes(random, alphabet, random.Next(shortest, longest + 1));
            if (i > 0 && random.Next(3) == 0)
            {
                var earlier = literals[random.Next(i)].Bytes.ToArray();
                bytes = [.. random.Next(2) == 0 ? [.. earlier, .. bytes] : (byte[])[.. bytes, .. earlier]];
                bytes = random.Next(3) == 0 ? earlier : bytes[..Math.Min(bytes.Length, longest)];
            }

            literals[i] = new Literal(random.Next(count), bytes, random.Next(2) == 0);
        }

        return literals;
    }

    private static byte[] RandomText(Random random, string alphabet, Literal[] literals, int length)
    {
        var text = RandomBytes(random, alphabet, length);
        for (var planted = length / 40; planted >= 0; planted--)
        {
            var literal = literals[random.Next(literals.Length)].Bytes.Span;
            var at = random.Next(4) switch { 0 => 0, 1 => Math.Max(0, length - literal.Length), _ => random.Next(Math.Max(1, length)) };
            literal[..Math.Min(length - at, literal.Length)].CopyTo(text.AsSpan(at));
        }

        return text;
    }

    private static byte[] RandomBytes(Random random, string alphabet, int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)alphabet[random.Next(alphabet.Length)];
        }

        return bytes;
    }
}

using Postern.Engine.Flow;
using Postern.Transports.Http;

namespace Postern.Transports.Tests.Http;

/// <summary>A coded body is what it says, from its first to its last byte, or it is an obstacle.</summary>
public sealed class ContentCodingTests
{
    private static readonly byte[] s_plain = Letters(40_000);

    public static TheoryData<string> Codings => ["gzip", "br", "deflate", "bare deflate"];

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task Gives_what_was_coded_whatever_the_reads(string coding)
    {
        var coded = Coded.With(coding, s_plain);

        Assert.Equal(s_plain, await DecodeAsync(coded, Coded.NameOf(coding)));
        Assert.Equal(s_plain, await DecodeAsync(coded, Coded.NameOf(coding), readBytes: 1));
        Assert.Equal(s_plain, await DecodeAsync(coded, Coded.NameOf(coding), readBytes: 777));
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task A_body_cut_anywhere_is_an_obstacle(string coding)
    {
        var coded = Coded.With(coding, s_plain);
        foreach (var length in Enumerable.Range(1, 40).Concat(Enumerable.Range(coded.Length - 40, 40)))
        {
            Assert.Equal(Obstacle.CorruptEncoding, await ObstacleOfAsync(coded[..length], Coded.NameOf(coding)));
        }
    }

    // Found by the fuzzer: the decoder asked for the dictionary with an exception of its own.
    [Fact]
    public async Task A_zlib_body_that_needs_a_dictionary_is_an_obstacle() =>
        Assert.Equal(Obstacle.CorruptEncoding, await ObstacleOfAsync([0x78, 0x20, 0, 0, 0, 1, 3, 0, 0, 0, 0, 1], "deflate"));

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task A_byte_after_the_end_is_an_obstacle(string coding)
    {
        var coded = Coded.With(coding, s_plain);

        Assert.Equal(Obstacle.CorruptEncoding, await ObstacleOfAsync([.. coded, 0], Coded.NameOf(coding)));
        Assert.Equal(Obstacle.CorruptEncoding, await ObstacleOfAsync([.. coded, .. new byte[50_000]], Coded.NameOf(coding)));
        Assert.Equal(Obstacle.CorruptEncoding, await ObstacleOfAsync([.. coded, .. "AKIA and so on"u8], Coded.NameOf(coding)));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("")]
    [InlineData("identity")]
    [InlineData(" , ")]
    public async Task An_empty_body_is_empty_in_any_coding(string coding) => Assert.Empty(await DecodeAsync([], coding));

    [Theory]
    [InlineData("gzip, br")]
    [InlineData("br, gzip")]
    [InlineData("GZIP,x-gzip")]
    [InlineData("gzip, identity")]
    public async Task Two_codings_are_undone_in_turn(string codings)
    {
        var coded = codings.Split(',').Select(static name => name.Trim().ToLowerInvariant().Replace("x-", "", StringComparison.Ordinal))
            .Where(static name => name != "identity").Aggregate(s_plain, static (bytes, coding) => Coded.With(coding, bytes));

        Assert.Equal(s_plain, await DecodeAsync(coded, codings));
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip, zstd")]
    [InlineData("gzip, gzip, gzip")]
    [InlineData("gzip;q=1")]
    [InlineData("\"gzip\"")]
    public void What_cannot_be_undone_is_an_obstacle(string codings)
    {
        Assert.Null(ContentCoding.TryOpen(new MemoryStream([1]), codings, new FlowLimits(), out var obstacle));
        Assert.Equal(Obstacle.UnknownEncoding, obstacle);
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task A_bomb_is_an_obstacle_before_it_has_gone_off(string coding)
    {
        var bomb = Coded.With(coding, new byte[30 * 1024 * 1024]);

        Assert.Equal(Obstacle.DecompressionBomb, await ObstacleOfAsync(bomb, Coded.NameOf(coding)));
    }

    [Fact]
    public async Task A_bomb_in_a_bomb_counts_against_the_bytes_on_the_wire()
    {
        var plain = new byte[16 * 1024 * 1024];
        var inner = Coded.With("gzip", plain);
        var outer = Coded.With("gzip", inner);
        const int Ratio = 1500;
        Assert.InRange(plain.Length / inner.Length, 1, Ratio - 1);
        Assert.InRange(inner.Length / outer.Length, 1, Ratio - 1);

        Assert.Equal(Obstacle.DecompressionBomb, await ObstacleOfAsync(outer, "gzip, gzip", new FlowLimits(MaxExpansion: Ratio)));
    }

    [Fact]
    public async Task The_absolute_bound_holds_below_the_ratio()
    {
        var noise = new byte[200_000];
        new Random(1).NextBytes(noise);

        Assert.Equal(Obstacle.DecompressionBomb, await ObstacleOfAsync(Coded.With("gzip", noise), "gzip", new FlowLimits(MaxDecodedBytes: 100_000)));
    }

    private static byte[] Letters(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)('a' + random.Next(23)))];
    }

    private static async Task<byte[]> DecodeAsync(byte[] coded, string coding, int readBytes = 8192, FlowLimits? limits = null)
    {
        await using var stream = ContentCoding.TryOpen(new MemoryStream(coded), coding, limits ?? new FlowLimits(), out _)!;
        using var plain = new MemoryStream();
        var buffer = new byte[readBytes];
        int read;
        while ((read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken)) > 0)
        {
            plain.Write(buffer, 0, read);
        }

        return plain.ToArray();
    }

    private static async Task<Obstacle> ObstacleOfAsync(byte[] coded, string coding, FlowLimits? limits = null) =>
        (await Assert.ThrowsAsync<ObstacleException>(() => DecodeAsync(coded, coding, limits: limits))).Obstacle;
}

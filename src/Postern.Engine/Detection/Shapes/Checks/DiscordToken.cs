using System.Buffers.Text;

namespace Postern.Engine.Detection.Shapes.Checks;

/// <summary>Discord bot tokens: the first part decodes to the account's snowflake in decimal.</summary>
internal static class DiscordToken
{
    /// <summary>Snowflakes count milliseconds from 2015 in their upper 42 bits; 2^62 is the year 2049.</summary>
    private const ulong MaxSnowflake = 1UL << 62;

    /// <summary>The smallest snowflake with 17 digits, made in 2015.</summary>
    private const ulong MinSnowflake = 10_000_000_000_000_000;

    public static bool Passes(ReadOnlySpan<byte> token)
    {
        var dot = token.IndexOf((byte)'.');
        Span<byte> decoded = stackalloc byte[24];
        var length = dot > 0 ? Base64Text.Decode(token[..dot], decoded) : -1;
        return length is >= 17 and <= 20
            && Utf8Parser.TryParse(decoded[..length], out ulong snowflake, out var read)
            && read == length
            && snowflake is >= MinSnowflake and < MaxSnowflake;
    }
}

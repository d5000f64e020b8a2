namespace Postern.Engine.Detection.Shapes.Checks;

/// <summary>JSON Web Tokens: the first part decodes to an object that names an algorithm, the second to an object.</summary>
internal static class JwtHeader
{
    public static bool Passes(ReadOnlySpan<byte> token)
    {
        var dot = token.IndexOf((byte)'.');
        Span<byte> decoded = stackalloc byte[Base64Text.MaxDecoded];
        if (dot < 0 || !Decodes(token[..dot], decoded, out var length) || decoded[..length].IndexOf("\"alg\""u8) < 0)
        {
            return false;
        }

        return Decodes(token[(dot + 1)..], decoded, out _);
    }

    private static bool Decodes(ReadOnlySpan<byte> part, Span<byte> decoded, out int length)
    {
        var dot = part.IndexOf((byte)'.');
        length = Base64Text.Decode(dot < 0 ? part : part[..dot], decoded);
        return length > 0 && decoded[..length].TrimStart(" \t\r\n"u8).StartsWith("{"u8);
    }
}

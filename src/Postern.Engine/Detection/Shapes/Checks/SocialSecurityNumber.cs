namespace Postern.Engine.Detection.Shapes.Checks;

/// <summary>US social security numbers written 3-2-4: no area 000, 666 or 900 and above, no group 00, no serial 0000.</summary>
internal static class SocialSecurityNumber
{
    public static bool Passes(ReadOnlySpan<byte> token) =>
        token.Length == 11
        && token[0] != (byte)'9'
        && !token.StartsWith("000"u8)
        && !token.StartsWith("666"u8)
        && !token[4..6].SequenceEqual("00"u8)
        && !token[7..].SequenceEqual("0000"u8)
        && !token.SequenceEqual("123-45-6789"u8)
        && !token.SequenceEqual("078-05-1120"u8);
}

using Postern.Engine.Detection.Shapes.Checks;

namespace Postern.Engine.Detection.Patterns;

/// <summary>Runs a check over the match of a user's pattern, which may hold the blanks and hyphens that people group numbers with.</summary>
internal static class NumberProof
{
    /// <summary>No number that is checked is as long, however it is grouped.</summary>
    private const int MaxMatchBytes = 128;

    public static bool Passes(CheckKind check, ReadOnlySpan<byte> match)
    {
        if (match.Length > MaxMatchBytes)
        {
            return false;
        }

        Span<byte> compact = stackalloc byte[MaxMatchBytes];
        var length = 0;
        foreach (var value in match)
        {
            if (value is not ((byte)' ' or (byte)'-'))
            {
                compact[length++] = check == CheckKind.Mod97 ? (byte)char.ToUpperInvariant((char)value) : value;
            }
        }

        compact = compact[..length];
        return IsNumber(check, compact) && CheckCatalogue.Passes(check, compact, compact);
    }

    /// <summary>The calculations take their alphabet for granted.</summary>
    private static bool IsNumber(CheckKind check, ReadOnlySpan<byte> text)
    {
        foreach (var value in text)
        {
            if (!(check is CheckKind.Luhn or CheckKind.Aba ? char.IsAsciiDigit((char)value) : char.IsAsciiLetterOrDigit((char)value)))
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }
}

namespace Postern.Engine.Detection.Shapes.Checks;

/// <summary>US bank routing numbers: nine digits, an assigned prefix, and weights 3-7-1 that sum to a multiple of ten.</summary>
internal static class RoutingNumber
{
    public static bool Passes(ReadOnlySpan<byte> token)
    {
        if (token.Length != 9)
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < 9; i++)
        {
            var weight = (i % 3) switch { 0 => 3, 1 => 7, _ => 1 };
            sum += weight * (token[i] - '0');
        }

        var prefix = (token[0] - '0') * 10 + (token[1] - '0');
        return sum % 10 == 0 && prefix is (>= 0 and <= 12) or (>= 21 and <= 32) or (>= 61 and <= 72) or 80;
    }
}

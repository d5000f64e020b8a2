namespace Postern.Engine.Detection.Shapes;

/// <summary>
/// Tells words and identifiers from random text by how likely each letter follows the one before.
/// The table (29 previous symbols by 28 next ones, sixteenths of a bit) is trained by tools/Postern.RuleTable on English words.
/// </summary>
internal static class LetterPairs
{
    /// <summary>Letters, one symbol for every digit, one for everything else.</summary>
    public const int Symbols = 28;

    /// <summary>The row that stands for the beginning of the value.</summary>
    public const int StartRow = 28;

    /// <summary>What one bit is in the table.</summary>
    public const double UnitsPerBit = 16;

    private static readonly byte[] s_symbols = [.. Enumerable.Range(0, 256).Select(static b => (byte)SymbolOf((byte)b))];

    private static byte[]? s_costs;

    /// <summary>Mean log2 probability per character, at most 0; English words lie above -4.4, random letters and digits below -5.</summary>
    public static double Score(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return 0;
        }

        var costs = s_costs ??= EmbeddedTable.ReadBytes("Postern.letter-pairs.bin");
        var row = StartRow;
        var sum = 0;
        foreach (var b in value)
        {
            var symbol = s_symbols[b];
            sum += costs[row * Symbols + symbol];
            row = symbol;
        }

        return -sum / (UnitsPerBit * value.Length);
    }

    /// <summary>The column of a byte; letters of either case share one.</summary>
    public static int SymbolOf(byte b) =>
        char.IsAsciiLetter((char)b) ? (b | 0x20) - 'a' : char.IsAsciiDigit((char)b) ? 26 : 27;
}

using System.Text;
using Postern.Engine.Detection.Shapes;

namespace Postern.RuleTable;

/// <summary>Trains the letter-pair table: how surprising each next symbol is after each previous one, over lists of words.</summary>
internal static class LetterPairTraining
{
    /// <summary>Added to every count, so that an unseen pair is surprising and not impossible.</summary>
    private const double Smoothing = 0.5;

    public static int Run(string output, string[] wordLists)
    {
        var counts = new double[(LetterPairs.StartRow + 1) * LetterPairs.Symbols];
        Array.Fill(counts, Smoothing);
        foreach (var word in wordLists.SelectMany(File.ReadLines).Distinct())
        {
            var row = LetterPairs.StartRow;
            foreach (var b in Encoding.UTF8.GetBytes(word))
            {
                var symbol = LetterPairs.SymbolOf(b);
                counts[row * LetterPairs.Symbols + symbol]++;
                row = symbol;
            }
        }

        var costs = new byte[counts.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            var total = counts.AsSpan(i / LetterPairs.Symbols * LetterPairs.Symbols, LetterPairs.Symbols).ToArray().Sum();
            costs[i] = (byte)Math.Min(255, Math.Round(-Math.Log2(counts[i] / total) * LetterPairs.UnitsPerBit));
        }

        File.WriteAllBytes(output, costs);
        return 0;
    }
}

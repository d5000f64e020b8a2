namespace Postern.Corpus;

/// <summary>A text with choices; without any it stands for itself alone.</summary>
internal sealed class Frame
{
    /// <summary>Texts that differ in one word only teach little, so a frame gives few.</summary>
    private const int MostTexts = 10;

    private readonly string[][] _pieces;

    private Frame(string[][] pieces) => _pieces = pieces;

    public static Frame Parse(string line) =>
        new([.. line.Replace("\\n", "\n", StringComparison.Ordinal).Split('{', '}').Select((p, i) => i % 2 == 0 ? [p] : p.Split('|'))]);

    /// <summary>Every choice appears, in combinations that are far apart.</summary>
    public IEnumerable<string> Texts()
    {
        var combinations = _pieces.Aggregate(1, (product, p) => product * p.Length);
        var count = Math.Min(combinations, MostTexts);
        return Enumerable.Range(0, count).Select(Text).Distinct(StringComparer.Ordinal);
    }

    /// <summary>The text of one turn: each choice advances at its own pace.</summary>
    public string Text(int turn)
    {
        var slow = turn;
        return string.Concat(_pieces.Select(p =>
        {
            var piece = p[(turn + slow) % p.Length];
            slow /= p.Length;
            return piece;
        }));
    }
}

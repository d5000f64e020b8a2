namespace Postern.Engine.Detection.Injection;

/// <summary>One bit per hash of a word's first two letters: turns away most words of ordinary text before any comparison.</summary>
internal readonly struct WordSieve
{
    private readonly ulong[] _bits;

    private WordSieve(ulong[] bits) => _bits = bits;

    /// <summary>A sieve for the words with which the choices begin, or end when they are read backward.</summary>
    public static WordSieve Of(PhraseWord[][] choices, bool backward)
    {
        var bits = new ulong[4];
        foreach (var choice in choices)
        {
            var word = choice[backward ? ^1 : 0];
            if (word.Prefix && word.Text.Length < 2)
            {
                return new WordSieve([ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue]);
            }

            var hash = HashOf(word.Text);
            bits[hash >> 6] |= 1UL << hash;
        }

        return new WordSieve(bits);
    }

    /// <summary>False when the unit is none of the words.</summary>
    public bool Passes(ReadOnlySpan<byte> unit)
    {
        var hash = HashOf(unit);
        return (_bits[hash >> 6] >> hash & 1) != 0;
    }

    // Letters of either case have one hash; other characters may share theirs, which costs a comparison and no more.
    private static int HashOf(ReadOnlySpan<byte> word)
    {
        var first = word.Length > 0 ? word[0] | 0x20 : 0;
        var second = word.Length > 1 ? word[1] | 0x20 : 0;
        return (first * 11 + second * 37) & 0xFF;
    }
}

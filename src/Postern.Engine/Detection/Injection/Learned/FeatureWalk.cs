using System.Numerics;

using System.Runtime.CompilerServices;

namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>
/// Reads a folded text once, word by word, and names its features: four letters in a row, and what <see cref="TokenFeatures{TSink}"/> makes of a word and of what
/// stands before it.
/// </summary>
/// <remarks>Training and inference read by this walk alone, so that they cannot disagree.</remarks>
internal ref struct FeatureWalk<TSink>(ReadOnlySpan<byte> text, Lexicon lexicon, TSink sink)
    where TSink : struct, IFeatureSink, allows ref struct
{
    /// <summary>Letters of a word that stand for it in sequences, so that its endings do not matter.</summary>
    private const int StemLetters = 5;

    private const uint Start = 0x811C9DC5;
    private const uint Prime = 0x01000193;

    private readonly ReadOnlySpan<byte> _text = text;
    private TokenFeatures<TSink> _tokens = new(sink);

    // The last three characters of scripts without spaces.
    private uint _letter1;
    private uint _letter2;
    private uint _letter3;

    /// <summary>Who heard the features.</summary>
    public readonly TSink Sink => _tokens.Sink;

    /// <summary>Reads the whole text.</summary>
    public void Run()
    {
        for (var at = 0; at < _text.Length;)
        {
            var b = _text[at];
            if (b == (byte)' ')
            {
                // Says less than any other separator, and is nearly all there are.
                at++;
                continue;
            }

            if (b < 0x80)
            {
                at = TokenLetters.Ascii[b] != 0 ? ReadWord(at) : Separate(at);
                continue;
            }

            var letter = TokenLetters.Beyond(_text[at..], out var length, out var alone);
            if (letter == 0)
            {
                _tokens.Separate(Separator.Other);
                at += length;
            }
            else if (alone)
            {
                ReadAlone(letter, at, at + length);
                at += length;
            }
            else
            {
                at = ReadWord(at);
            }
        }

        _tokens.Flush();
    }

    /// <summary>The key of a word or of the beginning of one in the lexicon, from its letters in lower case.</summary>
    public static uint KeyOf(ReadOnlySpan<uint> letters)
    {
        var hash = Start;
        foreach (var letter in letters)
        {
            hash = (hash ^ letter) * Prime;
        }

        return hash;
    }

    private int Separate(int at)
    {
        var b = _text[at];
        if (b == (byte)'\\' && at + 1 < _text.Length && _text[at + 1] is (byte)'n' or (byte)'r' or (byte)'t')
        {
            _tokens.Separate(Separator.Line);
            return at + 2;
        }

        var separator = TokenLetters.SeparatorOf(b);
        if (separator == Separator.Quote)
        {
            var joins = at > 0 && at + 1 < _text.Length && IsLetter(_text[at - 1]) && IsLetter(_text[at + 1]);
            if (b == (byte)'\'' && joins)
            {
                return at + 1;
            }

            _tokens.Quote = _tokens.Quote == b ? (byte)0 : _tokens.Quote == 0 && (b != (byte)'\'' || at == 0 || !IsLetter(_text[at - 1])) ? b : _tokens.Quote;
        }
        else if (b == (byte)'\n' && at > 0 && _text[at - 1] == (byte)'\n')
        {
            _tokens.Quote = 0;
        }

        _tokens.Separate(separator);
        return at + 1;
    }

    private int ReadWord(int from)
    {
        var word = ShortWord.At(_text, from);
        return word.Length > 0 ? ReadShort(word, from) : ReadLong(from);
    }

    private int ReadShort(scoped in ShortWord word, int from)
    {
        Span<uint> hashes = stackalloc uint[Lexicon.MaxStem];
        var (rest, hash, known) = (word.Letters, Start, 0);
        for (var i = 0; i < Lexicon.MaxStem; i++)
        {
            hash = (hash ^ (byte)rest) * Prime;
            hashes[i] = hash;
            known |= lexicon.MayKnow(hash ^ Lexicons.Beginning) << i;
            rest >>= 8;
        }

        // The longest beginning that is known names the kind.
        byte kind = 0;
        var beginnings = Math.Min(word.Length, Lexicon.MaxStem);
        for (known &= (1 << beginnings) - 1; known > 1 && kind == 0;)
        {
            var longest = BitOperations.Log2((uint)known);
            kind = lexicon.KindOf(hashes[longest] ^ Lexicons.Beginning);
            known ^= 1 << longest;
        }

        var whole = hashes[beginnings - 1];
        rest = word.LaterLetters;
        for (var i = beginnings; i < word.Length; i++)
        {
            whole = (whole ^ (byte)rest) * Prime;
            rest >>= 8;
        }

        var stem = word.Length >= StemLetters ? hashes[StemLetters - 1] : whole;
        End(word.HasLetters ? new Token(whole, stem, kind, from, from + word.Length) : new Token(Start, Start, 0, from, from + word.Length), word.WriteGrams(_tokens.Letters));
        return from + word.Length;
    }

    /// <summary>Ends a token, whose kind as a whole word goes before that of its beginning.</summary>
    private void End(in Token token, int letters)
    {
        var whole = lexicon.KindOf(token.Word);
        _tokens.End(whole == 0 ? token : token with { Kind = whole }, letters);
    }

    private int ReadLong(int from)
    {
        var text = _text;
        var features = _tokens.Letters;
        var count = 0;
        var (at, length, hash, stem, letters, roll) = (from, 0, Start, 0u, false, (uint)'_');
        byte kind = 0;
        while (at < text.Length && length < Token.MaxLetters)
        {
            var b = text[at];
            uint letter;
            var size = 1;
            if (b < 0x80)
            {
                letter = TokenLetters.Ascii[b];
                letters |= b > (byte)'9';
            }
            else
            {
                letter = TokenLetters.Beyond(text[at..], out size, out var alone);
                letter = alone ? 0 : letter;
                letters = true;
            }

            if (letter == 0)
            {
                break;
            }

            at += size;
            length++;
            hash = (hash ^ letter) * Prime;
            roll = (roll << 8) ^ letter ^ (letter >> 8);
            if (length is >= Lexicon.MinStem and <= Lexicon.MaxStem)
            {
                stem = length == StemLetters ? hash : stem;
                var found = lexicon.KindOf(hash ^ Lexicons.Beginning);
                kind = found == 0 ? kind : found;
            }

            if (length >= 3)
            {
                features[count++] = FeatureMix.OfGram(roll);
            }
        }

        if (!letters)
        {
            hash = Start;
            kind = 0;
        }

        if (length >= 2)
        {
            features[count++] = FeatureMix.OfGram(roll << 8);
        }

        End(new Token(hash, length >= StemLetters && letters ? stem : hash, kind, from, at), count);
        return at;
    }

    /// <summary>A character of a script without spaces is a token; its words in the lexicon have two to four of them.</summary>
    private void ReadAlone(uint letter, int start, int end)
    {
        var two = (KeyOf1(_letter1) ^ letter) * Prime;
        var three = (((KeyOf1(_letter2) ^ _letter1) * Prime) ^ letter) * Prime;
        var four = (((((KeyOf1(_letter3) ^ _letter2) * Prime) ^ _letter1) * Prime) ^ letter) * Prime;
        var one = KeyOf1(letter);
        var kind = lexicon.KindOf(four);
        kind = kind == 0 ? lexicon.KindOf(three) : kind;
        kind = kind == 0 ? lexicon.KindOf(two) : kind;
        kind = kind == 0 ? lexicon.KindOf(one) : kind;
        (_letter3, _letter2, _letter1) = (_letter2, _letter1, letter);
        _tokens.End(new Token(one, one, kind, start, end), letters: 0);
    }

    private static uint KeyOf1(uint letter) => (Start ^ letter) * Prime;

    private static bool IsLetter(byte b) => b >= 0x80 || TokenLetters.Ascii[b] != 0;
}

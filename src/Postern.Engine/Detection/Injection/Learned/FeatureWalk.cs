using System.Numerics;
using System.Runtime.CompilerServices;

namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>
/// Reads a folded text once and names its features: words, their beginnings, sequences of words with and without a gap, four letters in
/// a row, what stands before a word, whether it is quoted, and sequences of the kinds of <see cref="Lexicon"/>.
/// </summary>
/// <remarks>Training and inference read by this walk alone, so that they cannot disagree.</remarks>
internal ref struct FeatureWalk<TSink>(ReadOnlySpan<byte> text, Lexicon lexicon, TSink sink)
    where TSink : struct, IFeatureSink, allows ref struct
{
    /// <summary>A longer run of letters is cut: it is no word, and costs no more than words do.</summary>
    private const int MaxWord = 32;

    /// <summary>Letters of a word that stand for it in sequences, so that its endings do not matter.</summary>
    private const int StemLetters = 5;

    /// <summary>Two words of a kind more tokens apart than this say nothing about each other.</summary>
    private const int MaxKindGap = 8;

    /// <summary>Features that one token has at most: four letters in a row for each letter, and fewer than sixteen others.</summary>
    private const int MaxFeatures = MaxWord + 16;

    /// <summary>Features of all the tokens that a sink takes at once.</summary>
    private const int MaxFilled = (WindowSums.BlockTokens * MaxFeatures) + ShortWord.Grams;

    /// <summary>Features of kinds have so many leading zeros.</summary>
    public const int KindShift = 5;

    private const uint Start = 0x811C9DC5;
    private const uint Prime = 0x01000193;

    private readonly ReadOnlySpan<byte> _text = text;
    private uint _previous;
    private uint _second;
    private uint _third;
    private int _count;
    private Separator _separator = Separator.Line;
    private byte _quote;
    private KindTrail _kinds;
    private RecentFeatures _recent;
    private Features _features;
    private int _filled;

    /// <summary>Who hears the features.</summary>
    public TSink Sink = sink;

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
                _separator = Later(_separator, Separator.Other);
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

        Flush();
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
            _separator = Later(_separator, Separator.Line);
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

            _quote = _quote == b ? (byte)0 : _quote == 0 && (b != (byte)'\'' || at == 0 || !IsLetter(_text[at - 1])) ? b : _quote;
        }
        else if (b == (byte)'\n' && at > 0 && _text[at - 1] == (byte)'\n')
        {
            _quote = 0;
        }

        _separator = Later(_separator, separator);
        return at + 1;
    }

    private int ReadWord(int from)
    {
        var word = ShortWord.At(_text, from);
        return word.Length > 0 ? ReadShort(word, from) : ReadLong(from);
    }

    private int ReadShort(scoped in ShortWord word, int from)
    {
        Span<uint> hashes = stackalloc uint[ShortWord.MaxLetters];
        var (rest, hash, known) = (word.Letters, Start, 0);
        for (var i = 0; i < ShortWord.MaxLetters; i++)
        {
            hash = (hash ^ (byte)rest) * Prime;
            hashes[i] = hash;
            known |= lexicon.MayKnow(hash ^ Lexicons.Beginning) << i;
            rest >>= 8;
        }

        byte kind = 0;
        var whole = hashes[word.Length - 1];
        if ((known & ((1 << word.Length) - 1)) != 0)
        {
            for (var length = Lexicon.MinStem; length <= word.Length; length++)
            {
                var found = lexicon.KindOf(hashes[length - 1] ^ Lexicons.Beginning);
                kind = found == 0 ? kind : found;
            }
        }

        var isKnown = lexicon.KindOf(whole);
        _filled += word.WriteGrams(((Span<uint>)_features)[_filled..]);
        EndToken(new Token(whole, word.Length >= StemLetters ? hashes[StemLetters - 1] : whole, isKnown == 0 ? kind : isKnown, from, from + word.Length));
        return from + word.Length;
    }

    private int ReadLong(int from)
    {
        var text = _text;
        var features = (Span<uint>)_features;
        var count = _filled;
        var (at, length, hash, stem, letters, roll) = (from, 0, Start, 0u, false, (uint)'_');
        byte kind = 0;
        while (at < text.Length && length < MaxWord)
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

        var whole = lexicon.KindOf(hash);
        _filled = count;
        EndToken(new Token(hash, length >= StemLetters && letters ? stem : hash, whole == 0 ? kind : whole, from, at));
        return at;
    }

    /// <summary>A character of a script without spaces is a token; its words in the lexicon have two to four of them.</summary>
    private void ReadAlone(uint letter, int start, int end)
    {
        var two = (KeyOf1(_kinds.Letter1) ^ letter) * Prime;
        var three = (((KeyOf1(_kinds.Letter2) ^ _kinds.Letter1) * Prime) ^ letter) * Prime;
        var four = (((((KeyOf1(_kinds.Letter3) ^ _kinds.Letter2) * Prime) ^ _kinds.Letter1) * Prime) ^ letter) * Prime;
        var one = KeyOf1(letter);
        var kind = lexicon.KindOf(four);
        kind = kind == 0 ? lexicon.KindOf(three) : kind;
        kind = kind == 0 ? lexicon.KindOf(two) : kind;
        kind = kind == 0 ? lexicon.KindOf(one) : kind;
        (_kinds.Letter3, _kinds.Letter2, _kinds.Letter1) = (_kinds.Letter2, _kinds.Letter1, letter);
        EndToken(new Token(one, one, kind, start, end));
    }

    private static uint KeyOf1(uint letter) => (Start ^ letter) * Prime;

    private void EndToken(in Token token)
    {
        scoped var features = (Span<uint>)_features;
        var count = _filled;
        var stem = token.Stem;
        features[count++] = FeatureMix.Of(token.Word, 0x9E3779B1);
        if (stem != token.Word)
        {
            features[count++] = FeatureMix.Of(stem, 0x7FEB352D);
        }

        var second = BitOperations.RotateLeft(_previous, 11);
        features[count++] = FeatureMix.Of(second ^ stem, 0x846CA68B);
        features[count++] = FeatureMix.Of(BitOperations.RotateLeft(_second, 19) ^ second ^ stem, 0xC2B2AE35);
        features[count++] = FeatureMix.Of(BitOperations.RotateLeft(_second, 7) ^ stem, 0x27D4EB2F);
        features[count++] = FeatureMix.Of(BitOperations.RotateLeft(_third, 23) ^ stem, 0x165667B1);
        if (_separator > Separator.Other)
        {
            features[count++] = FeatureMix.Of(stem ^ (uint)_separator, 0xD6E8FEB8);
        }

        if (_quote != 0)
        {
            features[count++] = FeatureMix.Of(stem, 0xA5A5A5B5);
        }

        if (token.Kind != 0)
        {
            Sink.Meet(token.Kind);
            count = AddKinds(token.Kind, features, count);
        }

        _filled = count;
        (_third, _second, _previous) = (_second, _previous, stem);
        _separator = Separator.Space;
        if (++_count % TSink.TokensAtOnce == 0)
        {
            Flush();
        }

        Sink.EndToken(token.Start, token.End);
    }

    private void Flush()
    {
        Sink.Add(((Span<uint>)_features)[.._filled], ref _recent);
        _filled = 0;
    }

    private int AddKinds(uint kind, scoped Span<uint> features, int count)
    {
        var marked = _quote != 0 ? 0x40u : 0;
        features[count++] = OfKind(FeatureMix.Of(kind | marked, 0x2C1B3C6D));
        if (_separator > Separator.Comma)
        {
            features[count++] = OfKind(FeatureMix.Of(kind ^ ((uint)_separator << 8), 0x297A2D39));
        }

        if (_count - _kinds.At1 <= MaxKindGap && _kinds.Kind1 != 0)
        {
            features[count++] = OfKind(FeatureMix.Of((_kinds.Kind1 << 8) | kind | marked, 0x5BD1E995));
            features[count++] = OfKind(Pair(_kinds.Kind1, kind));
            if (_count - _kinds.At2 <= MaxKindGap + 4 && _kinds.Kind2 != 0)
            {
                features[count++] = OfKind(FeatureMix.Of((_kinds.Kind2 << 8) | kind | marked, 0x5BD1E995));
                features[count++] = OfKind(Pair(_kinds.Kind2, kind));
                features[count++] = OfKind(FeatureMix.Of((_kinds.Kind2 << 16) | (_kinds.Kind1 << 8) | kind, 0x6C8E9CF5));
            }
        }

        _kinds.Push(kind, _count);
        return count;
    }

    /// <summary>Two kinds in whatever order: languages put verb and object differently.</summary>
    private static uint Pair(uint one, uint other) => FeatureMix.Of((Math.Min(one, other) << 8) | Math.Max(one, other), 0x3C6EF372);

    /// <summary>Kinds have buckets of their own, so that training can lean on them more than on words.</summary>
    private static uint OfKind(uint feature) => feature >> KindShift;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Separator Later(Separator a, Separator b) => a > b ? a : b;

    private static bool IsLetter(byte b) => b >= 0x80 || TokenLetters.Ascii[b] != 0;

    /// <summary>The last two words of a kind and where they stood, and the last three characters of scripts without spaces.</summary>
    private struct KindTrail
    {
        public uint Kind1;
        public uint Kind2;
        public int At1;
        public int At2;
        public uint Letter1;
        public uint Letter2;
        public uint Letter3;

        public void Push(uint kind, int at) => (Kind2, At2, Kind1, At1) = (Kind1, At1, kind, at);
    }

    private readonly record struct Token(uint Word, uint Stem, byte Kind, int Start, int End);

    [InlineArray(MaxFilled)]
    private struct Features
    {
        private uint _first;
    }
}

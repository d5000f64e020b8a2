using Postern.Engine.Detection.Rules;
using Postern.Engine.Views;

namespace Postern.Engine.Detection.Crypto;

/// <summary>
/// Finds BIP-39 phrases. A phrase of twelve words is so long that one of its words begins after every 44th byte of the text; where that word is in no list, nothing else is looked at.
/// </summary>
internal sealed class SeedPhraseDetector(int minWords, bool verifyChecksum) : IDetector
{
    /// <summary>From the first letter of the shortest phrase to the first of its last word: eleven words of three letters and a blank.</summary>
    private const int Stride = 44;

    /// <summary>The shortest phrase.</summary>
    private const int MinPhraseBytes = Stride + 3;

    /// <summary>From the beginning of the longest phrase to its end.</summary>
    private const int MaxPhraseBytes = SeedPhrase.MaxWords * (SeedWords.MaxWordBytes + WordWalk.MaxGap);

    /// <summary>Words of one run that are looked at together; longer runs are taken in such pieces.</summary>
    private const int MaxRun = 48;

    /// <summary>Checksums computed however short the text is, and one more for so many bytes; less than a microsecond each.</summary>
    private const int FreeProofs = 1024;

    private const int BytesPerProof = 32;

    /// <summary>Phrases of this length are no accident.</summary>
    private const int CertainWords = 18;

    private const int MaxReported = 8;

    /// <inheritdoc/>
    public void Detect(scoped in View view, HitList hits)
    {
        var text = view.Bytes;
        if ((view.Shows & ViewShows.Language) == 0 || text.Length < MinPhraseBytes)
        {
            return;
        }

        var proofs = FreeProofs + (text.Length / BytesPerProof);
        var read = 0;
        for (var at = 0; at < text.Length && hits.Count < MaxReported; at += Stride)
        {
            if (view.Differs is { } differs && at >= read)
            {
                read = at + MaxPhraseBytes;
                if (!differs.Any(at - MaxPhraseBytes, read + MaxPhraseBytes))
                {
                    at = read - Stride;
                    continue;
                }
            }

            var word = WordWalk.Whole(text, at);
            if (word.Length is 0 or > SeedWords.MaxWordBytes || (!SeedWords.IsLoaded && !HasCompany(text, word)))
            {
                continue;
            }

            var letters = text[word.Start..word.End];
            if (SeedWords.All.MayHave(letters) && MayHaveListedCompany(text, word) && SeedWords.All.Find(letters) >= 0)
            {
                at = Math.Max(at, ReadRun(text, word, ref proofs, hits) - Stride);
            }

            if (proofs < 0)
            {
                hits.Add(RuleCatalogue.Flood, 0, text.Length);
                return;
            }
        }
    }

    /// <summary>Whether words enough stand around for a phrase, whatever they are. Asked only until the lists are there.</summary>
    private static bool HasCompany(ReadOnlySpan<byte> text, ByteRange word)
    {
        var count = 1;
        for (var next = word; count < SeedPhrase.MinWords && (next = WordWalk.Next(text, next.End)).Length is > 0 and <= SeedWords.MaxWordBytes;)
        {
            count++;
        }

        for (var previous = word; count < SeedPhrase.MinWords && (previous = WordWalk.Previous(text, previous.Start)).Length is > 0 and <= SeedWords.MaxWordBytes;)
        {
            count++;
        }

        return count == SeedPhrase.MinWords;
    }

    /// <summary>Whether words enough stand around that may be listed; in prose the first or second word on either side says no.</summary>
    private static bool MayHaveListedCompany(ReadOnlySpan<byte> text, ByteRange word)
    {
        var words = SeedWords.All;
        var count = 1;
        for (var next = WordWalk.Next(text, word.End); count < SeedPhrase.MinWords && next.Length > 0 && words.MayHave(text[next.Start..next.End]); next = WordWalk.Next(text, next.End))
        {
            count++;
        }

        for (var previous = WordWalk.Previous(text, word.Start); count < SeedPhrase.MinWords && previous.Length > 0 && words.MayHave(text[previous.Start..previous.End]);)
        {
            count++;
            previous = WordWalk.Previous(text, previous.Start);
        }

        return count == SeedPhrase.MinWords;
    }

    /// <summary>Reads the run of listed words around <paramref name="word"/> and looks for phrases in it; returns where to go on.</summary>
    private int ReadRun(ReadOnlySpan<byte> text, ByteRange word, ref int proofs, HitList hits)
    {
        var words = SeedWords.All;
        Span<ByteRange> places = stackalloc ByteRange[MaxRun];
        Span<int> slots = stackalloc int[MaxRun];
        var first = word;
        var before = 0;
        for (var previous = word; before < SeedPhrase.MaxWords && (previous = WordWalk.Previous(text, previous.Start)).Length > 0; before++)
        {
            if (words.Find(text.Slice(previous.Start, previous.Length)) < 0)
            {
                break;
            }

            first = previous;
        }

        var count = 0;
        for (var next = first; count < MaxRun && next.Length > 0; next = WordWalk.Next(text, next.End))
        {
            var slot = words.Find(text.Slice(next.Start, next.Length));
            if (slot < 0)
            {
                break;
            }

            (places[count], slots[count]) = (next, slot);
            count++;
        }

        FindPhrases(places[..count], slots[..count], ref proofs, hits);
        var last = places[count - 1];
        return count < MaxRun ? last.End : last.Start;
    }

    private void FindPhrases(ReadOnlySpan<ByteRange> places, ReadOnlySpan<int> slots, ref int proofs, HitList hits)
    {
        for (var start = 0; start <= slots.Length - minWords && proofs >= 0 && hits.Count < MaxReported; start++)
        {
            for (var length = LongestAt(slots.Length - start); length >= minWords; length -= SeedPhrase.Step)
            {
                if (!IsPhrase(slots.Slice(start, length), ref proofs))
                {
                    continue;
                }

                var end = places[start + length - 1];
                var isSure = length >= CertainWords || length == slots.Length;
                hits.Add(CryptoRules.SeedPhrase, places[start].Start, end.End - places[start].Start, isSure && verifyChecksum ? Confidence.Certain : Confidence.High);
                start += length - 1;
                break;
            }
        }
    }

    private static int LongestAt(int words) => Math.Min(words, SeedPhrase.MaxWords) / SeedPhrase.Step * SeedPhrase.Step;

    private bool IsPhrase(ReadOnlySpan<int> slots, ref int proofs)
    {
        var words = SeedWords.All;
        var languages = ~0;
        foreach (var slot in slots)
        {
            languages &= words.LanguagesOf(slot);
        }

        var found = false;
        Span<int> indices = stackalloc int[slots.Length];
        for (var language = 0; languages >> language != 0; language++)
        {
            if ((languages >> language & 1) == 0)
            {
                continue;
            }

            for (var i = 0; i < slots.Length; i++)
            {
                indices[i] = words.IndexOf(slots[i], language);
            }

            // A list in the order of one language is none in the other that shares its words.
            if (!SeedPhrase.IsDrawn(indices))
            {
                return false;
            }

            found |= !verifyChecksum || (proofs-- >= 0 && SeedPhrase.HasChecksum(indices));
        }

        return found;
    }
}

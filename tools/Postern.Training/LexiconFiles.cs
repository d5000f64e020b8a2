using System.Text;
using Postern.Engine.Detection.Injection.Learned;
using Postern.Engine.Views;

namespace Postern.Training;

/// <summary>Reads the lists of words of a kind: a line <c>KIND: word, word*, …</c> per language; a star marks a beginning.</summary>
internal static class LexiconFiles
{
    public static Lexicon Read(string directory)
    {
        var kinds = new List<string>();
        var entries = new List<KeyValuePair<uint, byte>>();
        foreach (var file in Directory.EnumerateFiles(directory, "*.txt").Order(StringComparer.Ordinal))
        {
            foreach (var line in File.ReadLines(file).Where(static l => l.Length > 0 && l[0] != '#'))
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                var kind = line[..colon].Trim();
                if (!kinds.Contains(kind))
                {
                    kinds.Add(kind);
                }

                foreach (var word in line[(colon + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                {
                    entries.Add(new KeyValuePair<uint, byte>(KeyOf(word), (byte)(kinds.IndexOf(kind) + 1)));
                }
            }
        }

        return Lexicon.Of(entries, kinds);
    }

    private static uint KeyOf(string word)
    {
        var isBeginning = word[^1] == '*';
        var bytes = Encoding.UTF8.GetBytes(UnicodeFold.Fold(isBeginning ? word[..^1] : word));
        var letters = new List<uint>();
        var isAlone = false;
        for (var at = 0; at < bytes.Length;)
        {
            var size = 1;
            letters.Add(bytes[at] < 0x80 ? TokenLetters.Ascii[bytes[at]] : TokenLetters.Beyond(bytes.AsSpan(at), out size, out isAlone));
            at += size;
        }

        if (isAlone && letters.Count > 4)
        {
            letters.RemoveRange(4, letters.Count - 4);
        }

        isBeginning &= !isAlone;
        if (isBeginning && letters.Count > Lexicon.MaxStem)
        {
            letters.RemoveRange(Lexicon.MaxStem, letters.Count - Lexicon.MaxStem);
        }

        if (letters.Contains(0u) || (isBeginning && letters.Count < Lexicon.MinStem))
        {
            throw new InvalidDataException($"'{word}' is no word of the lexicon");
        }

        var key = FeatureWalk<BlockSink>.KeyOf(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(letters));
        return isBeginning ? key ^ Lexicons.Beginning : key;
    }
}

using System.Text;

namespace Postern.Training;

/// <summary>Puts texts that share most of their five-letter sequences into one cluster, whatever source they have.</summary>
internal static class Clusters
{
    private const int Length = 5;
    private const int MaxShingles = 400;
    private const double Similar = 0.45;

    /// <summary>Compares everything with the first <paramref name="judged"/> samples: what is only trained on never stands on the other side of a split.</summary>
    public static void Assign(IReadOnlyList<Sample> samples, int judged)
    {
        var sets = samples.Select(static s => Shingles(s.Text)).ToArray();
        var parents = Enumerable.Range(0, samples.Count).ToArray();
        for (var i = 0; i < sets.Length; i++)
        {
            for (var j = 0; j < Math.Min(i, judged); j++)
            {
                if (sets[i].Length * Similar <= sets[j].Length && sets[j].Length * Similar <= sets[i].Length && AreSimilar(sets[i], sets[j]))
                {
                    parents[Root(parents, i)] = Root(parents, j);
                }
            }
        }

        for (var i = 0; i < samples.Count; i++)
        {
            samples[i].Cluster = Root(parents, i);
        }
    }

    private static int Root(int[] parents, int at)
    {
        while (parents[at] != at)
        {
            at = parents[at] = parents[parents[at]];
        }

        return at;
    }

    /// <summary>Sorted hashes; of a long text the smallest ones, which stand for all.</summary>
    private static uint[] Shingles(byte[] text)
    {
        var lower = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text).ToLowerInvariant().Where(char.IsLetterOrDigit).ToArray());
        var found = new SortedSet<uint>();
        for (var i = 0; i + Length <= lower.Length; i++)
        {
            var hash = 2166136261u;
            foreach (var b in lower.AsSpan(i, Length))
            {
                hash = (hash ^ b) * 16777619;
            }

            found.Add(hash * 0x9E3779B1);
        }

        return [.. found.Take(MaxShingles)];
    }

    private static bool AreSimilar(uint[] a, uint[] b)
    {
        var (i, j, both) = (0, 0, 0);
        while (i < a.Length && j < b.Length)
        {
            if (a[i] == b[j])
            {
                both++;
                i++;
                j++;
            }
            else if (a[i] < b[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return both > Similar * (a.Length + b.Length - both);
    }
}

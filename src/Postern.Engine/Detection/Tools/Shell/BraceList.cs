namespace Postern.Engine.Detection.Tools.Shell;

/// <summary><c>a{b,c}d</c> stands for <c>abd acd</c>; empty items count.</summary>
internal static class BraceList
{
    /// <summary>Words one word may expand to.</summary>
    private const int Max = 64;

    /// <summary>All words that <paramref name="word"/> stands for; itself when it has no list.</summary>
    public static List<string> Expand(string word)
    {
        List<string> done = [];
        Queue<string> open = new([word]);
        while (open.TryDequeue(out var next))
        {
            if (done.Count + open.Count < Max && TrySplit(next, out var head, out var items, out var tail))
            {
                foreach (var item in items)
                {
                    open.Enqueue(head + item + tail);
                }
            }
            else
            {
                done.Add(next);
            }
        }

        done.RemoveAll(d => d.Length == 0);
        return done;
    }

    private static bool TrySplit(string word, out string head, out List<string> items, out string tail)
    {
        (head, items, tail) = ("", [], "");
        for (var open = word.IndexOf('{', StringComparison.Ordinal); open >= 0; open = word.IndexOf('{', open + 1))
        {
            var (depth, start) = (0, open + 1);
            items.Clear();
            for (var at = open; at < word.Length; at++)
            {
                depth += word[at] == '{' ? 1 : word[at] == '}' ? -1 : 0;
                if ((word[at] == ',' && depth == 1) || (word[at] == '}' && depth == 0))
                {
                    items.Add(word[start..at]);
                    start = at + 1;
                }

                if (depth == 0)
                {
                    if (items.Count > 1)
                    {
                        (head, tail) = (word[..open], word[(at + 1)..]);
                        return true;
                    }

                    break;
                }
            }
        }

        return false;
    }
}

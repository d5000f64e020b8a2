using System.Runtime.InteropServices;
using Postern.Engine.Detection;
using Postern.Engine.Flow;

namespace Postern.Engine.Editing;

/// <summary>Edits that the policy wants whatever was found: metadata out of images, traps out of pages.</summary>
internal static class Rewrites
{
    /// <summary>Headers that speak of the bytes as they were: validators, digests, and the offer of ranges of them.</summary>
    private static readonly string[] s_stale = ["ETag", "Digest", "Content-MD5", "Content-Digest", "Repr-Digest", "Accept-Ranges"];

    /// <summary>Adds the cuts of a body, and those of the headers that fit it no longer, in order.</summary>
    public static void Plan(Message message, IEnumerable<Edit> cuts, List<Edit> rewrites)
    {
        rewrites.AddRange(cuts);
        foreach (ref readonly var part in message.Parts)
        {
            if (part.Kind == PartKind.HeaderValue && IsStale(message.NameOf(part)))
            {
                // With the line feed behind it.
                rewrites.Add(new Edit(part.NameStart, part.Start + part.Length + 1, []));
            }
        }

        rewrites.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.End.CompareTo(b.End));
    }

    /// <summary>What was found in bytes that will be gone costs nothing; that it is gone is seen when the rest is looked at again.</summary>
    public static void Accept(List<Finding> findings, List<Edit> rewrites)
    {
        foreach (ref var finding in CollectionsMarshal.AsSpan(findings))
        {
            var (start, end) = (finding.Start, finding.Start + finding.Length);
            if (finding is { Start: >= 0, Length: > 0, Acceptance: Acceptance.None } && rewrites.Exists(edit => edit.Start <= start && end <= edit.End))
            {
                finding = finding with { Acceptance = Acceptance.Edited };
            }
        }
    }

    /// <summary>All edits of one message, in order; null when two of them touch the same bytes.</summary>
    public static List<Edit>? Merge(List<Edit> edits, List<Edit> rewrites)
    {
        List<Edit> all = [.. edits, .. rewrites];
        all.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.End.CompareTo(b.End));
        for (var i = 1; i < all.Count; i++)
        {
            if (all[i].Start < all[i - 1].End)
            {
                return null;
            }
        }

        return all;
    }

    private static bool IsStale(ReadOnlySpan<byte> name)
    {
        foreach (var stale in s_stale)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(name, stale))
            {
                return true;
            }
        }

        return false;
    }
}

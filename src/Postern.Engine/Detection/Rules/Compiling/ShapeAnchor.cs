using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Detection.Rules.Compiling;

/// <summary>Decides which element of a shape is searched for, and proves that the others match in one way only.</summary>
internal static class ShapeAnchor
{
    /// <summary>The literal with the longest shortest alternative; without one, the longest run that its neighbours delimit; else -1.</summary>
    public static int Choose(ShapeElement[] elements, int minRun)
    {
        var best = -1;
        for (var i = 0; i < elements.Length; i++)
        {
            var length = Searchable(elements[i]);
            if (length >= LiteralRules.MinLength && (best < 0 || length > Searchable(elements[best])))
            {
                best = i;
            }
        }

        for (var i = 0; i < elements.Length && best < 0; i++)
        {
            best = elements[i].Kind == ShapeElementKind.Run && elements[i].Min >= minRun && IsDelimited(elements, i) ? i : -1;
        }

        return best;
    }

    /// <summary>Says where a run of variable length runs into what follows it (before the anchor: what precedes it; an anchor of -1 stands before the shape); null when nowhere.</summary>
    public static string? FindAmbiguity(ShapeElement[] elements, int anchor)
    {
        for (var i = 0; i < elements.Length; i++)
        {
            if (elements[i].Kind != ShapeElementKind.Run || elements[i].Min == elements[i].Max || i == anchor)
            {
                continue;
            }

            if (i > anchor ? !Leaves(elements, i, +1) : !Leaves(elements, i, -1))
            {
                return $"element {i + 1} is a run of variable length and its neighbour continues its alphabet; give it an exact length";
            }
        }

        return Array.Exists(elements[..Math.Max(anchor, 0)], e => e.Kind is ShapeElementKind.Break or ShapeElementKind.Margin) ? "a break may only stand after what is searched for" : null;
    }

    private static int Searchable(ShapeElement element) =>
        element is { Kind: ShapeElementKind.Literal, Optional: false } ? element.Literals.Min(l => l.Length) : 0;

    private static bool IsDelimited(ShapeElement[] elements, int index) => Leaves(elements, index, +1) && Leaves(elements, index, -1);

    /// <summary>True when the neighbour's nearest character cannot belong to the run; optional neighbours are looked through.</summary>
    private static bool Leaves(ShapeElement[] elements, int index, int step)
    {
        var alphabet = elements[index].Alphabet;
        for (var i = index + step; i >= 0 && i < elements.Length; i += step)
        {
            var neighbour = elements[i];
            var touches = neighbour.Kind switch
            {
                ShapeElementKind.Run => neighbour.Alphabet.Overlaps(alphabet),
                ShapeElementKind.Literal => Array.Exists(neighbour.Literals, l => Continues(alphabet, step > 0 ? l[0] : l[^1], neighbour.IgnoreCase)),
                _ => alphabet.Contains((byte)' ') || alphabet.Contains((byte)'+') || alphabet.Contains((byte)'\\'),
            };
            if (touches)
            {
                return false;
            }

            if (neighbour is { Kind: ShapeElementKind.Literal, Optional: false } or { Kind: ShapeElementKind.Run or ShapeElementKind.Break, Min: > 0 })
            {
                return true;
            }
        }

        return true;
    }

    private static bool Continues(Alphabet alphabet, byte b, bool ignoreCase) =>
        alphabet.Contains(b) || (ignoreCase && char.IsAsciiLetter((char)b) && alphabet.Contains((byte)(b ^ 0x20)));
}

using System.Text;

namespace Postern.Engine.Detection.Matching;

/// <summary>Turns literals into distinct patterns, so that equal bytes are looked for once.</summary>
internal static class DraftSet
{
    /// <summary>The distinct patterns, ids ascending. Throws <see cref="ArgumentException"/> for what a matcher cannot take.</summary>
    public static PatternDraft[] From(ReadOnlySpan<Literal> literals)
    {
        if (literals.IsEmpty || literals.Length > LiteralMatcher.MaxLiterals)
        {
            throw new ArgumentException($"A matcher takes 1 to {LiteralMatcher.MaxLiterals} literals, not {literals.Length}.", nameof(literals));
        }

        var drafts = new Dictionary<string, PatternDraft>(StringComparer.Ordinal);
        foreach (var literal in literals)
        {
            if (literal.Bytes.Length is < Literal.MinBytes or > Literal.MaxBytes)
            {
                throw new ArgumentException(
                    $"Literal {literal.Id} has {literal.Bytes.Length} bytes; {Literal.MinBytes} to {Literal.MaxBytes} are allowed.",
                    nameof(literals));
            }

            var draft = new PatternDraft(literal.Bytes.Span, literal.IgnoreCase);
            var key = Encoding.Latin1.GetString(draft.Value) + Encoding.Latin1.GetString(draft.Mask);
            if (!drafts.TryAdd(key, draft))
            {
                draft = drafts[key];
            }

            draft.Ids.Add(literal.Id);
        }

        var all = drafts.Values.ToArray();
        Array.ForEach(all, draft => draft.Ids.Sort());
        return all;
    }

    /// <summary>
    /// How many patterns can stand at one start, at most: the longest chain of patterns that begin one another when case
    /// does not count.
    /// </summary>
    public static int MaxDepth(ReadOnlySpan<PatternDraft> drafts)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var draft in drafts)
        {
            var folded = Folded(draft);
            counts[folded] = counts.GetValueOrDefault(folded) + 1;
        }

        var deepest = 0;
        foreach (var folded in counts.Keys)
        {
            var depth = 0;
            for (var length = Literal.MinBytes; length <= folded.Length; length++)
            {
                depth += counts.GetValueOrDefault(folded[..length]);
            }

            deepest = Math.Max(deepest, depth);
        }

        return deepest;
    }

    private static string Folded(PatternDraft draft) => Encoding.Latin1.GetString(draft.Value).ToLowerAscii();

    private static string ToLowerAscii(this string text) =>
        string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
            }
        });
}

using System.Text;
using Postern.Engine.Detection.Injection;
using Postern.Engine.Detection.Rules.Reading;

namespace Postern.Engine.Detection.Rules.Compiling;

/// <summary>Compiles <c>phrase: {match, script}</c>.</summary>
internal static class PhraseCompiler
{
    public static PhraseMatcher? Compile(MapReader body)
    {
        var notations = body.Texts("match", required: true);
        var script = body.Choice("script", Enum.GetValues<PhraseScript>(), PhraseScript.Words);
        var patterns = notations.Select(n => Build(body, n, script)).ToArray();
        return patterns.Length == 0 || Array.Exists(patterns, p => p is null) ? null : new PhraseMatcher(patterns!, script);
    }

    private static PhrasePattern? Build(MapReader body, string notation, PhraseScript script)
    {
        var place = body.Node("match")!;
        if (PhraseParser.Parse(notation, script, out var why) is not { } elements)
        {
            body.Error(place, why);
            return null;
        }

        if (elements.Sum(e => e.IsGap ? e.Max : e.Choices.Max(c => c.Length)) >= PhraseUnits.Capacity)
        {
            body.Error(place, $"a phrase spans fewer than {PhraseUnits.Capacity} words or characters");
            return null;
        }

        var anchor = ChooseAnchor(elements, script);
        if (anchor < 0 || elements[0].IsGap || elements[^1].IsGap)
        {
            body.Error(place, "a phrase begins and ends with a word, and one of its required choices is searched for: " + LiteralRules.Requirement);
            return null;
        }

        return new PhrasePattern(elements, anchor);
    }

    /// <summary>Words that stand in every other sentence; a choice that has one is searched for only when there is no other.</summary>
    private static readonly string[] s_commonWords =
    [
        "all", "also", "and", "any", "are", "but", "can", "each", "for", "from", "get", "have", "here", "how", "into", "its", "like", "new", "not", "now",
        "one", "only", "open", "our", "out", "output", "over", "previous", "read", "run", "see", "send", "show", "system", "that", "the", "their", "there",
        "these", "this", "use", "user", "using", "was", "what", "when", "which", "will", "with", "without", "you", "you're", "your",
    ];

    /// <summary>The required choice whose shortest literal is the longest: long words are rare words.</summary>
    private static int ChooseAnchor(PhraseElement[] elements, PhraseScript script)
    {
        var (best, bestLength) = (-1, LiteralRules.MinLength - 1);
        for (var i = 0; i < elements.Length; i++)
        {
            if (elements[i].IsGap || elements[i].Min == 0)
            {
                continue;
            }

            var shortest = PhraseMatcher.LiteralsOf(elements[i], script).Min(l => Rarity(l.Bytes));
            if (shortest > bestLength)
            {
                (best, bestLength) = (i, shortest);
            }
        }

        return best;
    }

    private static int Rarity(byte[] literal) =>
        Array.IndexOf(s_commonWords, Encoding.UTF8.GetString(literal).ToLowerInvariant()) >= 0 ? LiteralRules.MinLength : literal.Length;
}

using System.Runtime.CompilerServices;
using System.Text;
using Postern.Engine.Detection.Rules;

namespace Postern.Engine.Detection.Injection;

/// <summary>Recognises wordings: choices of words with bounded gaps, whatever stands between the words.</summary>
internal sealed class PhraseMatcher : RuleMatcher
{
    /// <summary>What reading the text around an anchor counts for, per byte: every word is compared with every choice.</summary>
    private const int CostPerByte = 24;

    private readonly PhrasePattern[] _patterns;
    private readonly PhraseScript _script;
    private readonly RuleLiteral[] _literals;

    /// <summary>Which pattern an ordinal belongs to.</summary>
    private readonly int[] _patternOf;

    public PhraseMatcher(PhrasePattern[] patterns, PhraseScript script)
    {
        _patterns = patterns;
        _script = script;
        var literals = new List<RuleLiteral>();
        var patternOf = new List<int>();
        for (var i = 0; i < patterns.Length; i++)
        {
            foreach (var literal in LiteralsOf(patterns[i].Anchor, script))
            {
                literals.Add(literal with { Edges = EdgesOf(literal, patterns[i].Anchor, script) });
                patternOf.Add(i);
            }
        }

        (_literals, _patternOf) = ([.. literals], [.. patternOf]);
    }

    public override MatcherKind Kind => MatcherKind.Phrase;

    public override ReadOnlySpan<RuleLiteral> Literals => _literals;

    /// <summary>What a choice is searched by: its first word, or in scripts without spaces its characters up to the one that is marked.</summary>
    public static IEnumerable<RuleLiteral> LiteralsOf(PhraseElement choice, PhraseScript script) =>
        choice.Choices
            .Select(c => script == PhraseScript.Characters
                ? new RuleLiteral([.. c[..(Array.FindIndex(c, w => w.Prefix) + 1)].SelectMany(w => w.Text)], IgnoreCase: false)
                : new RuleLiteral(c[0].Text, !c[0].ExactCase))
            .DistinctBy(l => (Convert.ToHexString(l.Bytes), l.IgnoreCase));

    [SkipLocalsInit]
    public override void Verify(ref RuleScan scan, in Anchor anchor)
    {
        var text = scan.Input.Bytes;
        Span<(int Start, int End)> units = stackalloc (int, int)[PhraseUnits.Capacity];
        var pattern = _patterns[_patternOf[anchor.Ordinal]];
        var right = new PhraseUnits(text, anchor.Start, _script, units);
        var matches = pattern.TryForward(ref right, out var rightLength);
        scan.Input.Work += right.BytesRead * CostPerByte;
        if (!matches)
        {
            return;
        }

        var end = right.OuterEnd(rightLength - 1);
        var left = new PhraseUnits(text, anchor.Start, _script, units) { Backward = true };
        if (pattern.TryBackward(ref left, out var leftLength))
        {
            var start = leftLength == 0 ? anchor.Start : left.OuterEnd(leftLength - 1);
            scan.Report(anchor.Rule, new MatchedSpan(start, end, Proof.None));
        }

        scan.Input.Work += left.BytesRead * CostPerByte;
    }

    /// <summary>A literal must be a whole word when no choice that begins with it takes longer words.</summary>
    private static WordEdges EdgesOf(in RuleLiteral literal, PhraseElement anchor, PhraseScript script)
    {
        var bytes = literal.Bytes;
        return script == PhraseScript.Characters ? WordEdges.None
            : Array.Exists(anchor.Choices, c => c[0].Prefix && PhraseWord.IsSame(c[0].Text, bytes)) ? WordEdges.Start
            : WordEdges.Start | WordEdges.End;
    }

    protected override void WriteBody(BinaryWriter writer)
    {
        writer.Write((byte)_script);
        writer.WriteFew(_patterns, static (to, pattern) => pattern.Write(to));
    }

    public static PhraseMatcher ReadBody(BinaryReader reader)
    {
        var script = (PhraseScript)reader.ReadByte();
        return new PhraseMatcher(reader.ReadFew(PhrasePattern.Read), script);
    }
}

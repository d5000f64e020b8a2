using Postern.Engine.Detection.Injection;
using Postern.Engine.Detection.Secrets;
using Postern.Engine.Detection.Shapes;
using Postern.Engine.Detection.Tools;
using Postern.Engine.Monitoring.Tools.Chains;

namespace Postern.Engine.Detection.Rules;

/// <summary>Recognises one rule at a place where its literal was seen. Immutable; used by many threads at once.</summary>
internal abstract class RuleMatcher
{
    public abstract MatcherKind Kind { get; }

    /// <summary>The literals that call <see cref="Verify"/>.</summary>
    public abstract ReadOnlySpan<RuleLiteral> Literals { get; }

    /// <summary>The runs that call <see cref="Verify"/> where there is no literal.</summary>
    public virtual ReadOnlySpan<RunAnchor> Runs => [];

    /// <summary>Looks at the place and reports what matches there; the cost is bounded by the rule, not by the text.</summary>
    public abstract void Verify(ref RuleScan scan, in Anchor anchor);

    protected abstract void WriteBody(BinaryWriter writer);

    public void Write(BinaryWriter writer)
    {
        writer.Write((byte)Kind);
        WriteBody(writer);
    }

    public static RuleMatcher Read(BinaryReader reader) => (MatcherKind)reader.ReadByte() switch
    {
        MatcherKind.Shape => ShapeMatcher.ReadBody(reader),
        MatcherKind.Assignment => AssignmentMatcher.ReadBody(reader),
        MatcherKind.Phrase => PhraseMatcher.ReadBody(reader),
        MatcherKind.Regex => RegexMatcher.ReadBody(reader),
        MatcherKind.Keyed => KeyedMatcher.ReadBody(reader),
        MatcherKind.Command => CommandMatcher.ReadBody(reader),
        MatcherKind.Chain => ChainMatcher.ReadBody(reader),
        var other => throw new InvalidDataException($"Unknown matcher kind {(byte)other} in a rule table."),
    };
}

namespace Postern.Engine.Detection.Rules;

/// <summary>A rule and the machine that recognises it.</summary>
/// <param name="Rule">What the rule says about itself.</param>
/// <param name="WhenCheckFails">The confidence of a match whose offline check failed; null when such a match is none.</param>
/// <param name="Matcher">The machine.</param>
internal sealed record CompiledRule(Rule Rule, Confidence? WhenCheckFails, RuleMatcher Matcher)
{
    public void Write(BinaryWriter writer)
    {
        writer.Write(Rule.Id);
        writer.Write(Rule.Title);
        writer.Write(Rule.Remedy);
        writer.Write((byte)Rule.Category);
        writer.Write((byte)Rule.Severity);
        writer.Write((byte)Rule.Confidence);
        writer.Write(Rule.Core);
        writer.Write((sbyte)(WhenCheckFails is { } confidence ? (int)confidence : -1));
        Matcher.Write(writer);
    }

    public static CompiledRule Read(BinaryReader reader)
    {
        var (id, title, remedy) = (reader.ReadString(), reader.ReadString(), reader.ReadString());
        var rule = new Rule(
            id,
            title,
            (RuleCategory)reader.ReadByte(),
            (Severity)reader.ReadByte(),
            (Confidence)reader.ReadByte(),
            remedy,
            reader.ReadBoolean());
        var whenFailed = reader.ReadSByte();
        return new CompiledRule(rule, whenFailed < 0 ? null : (Confidence)whenFailed, RuleMatcher.Read(reader));
    }
}

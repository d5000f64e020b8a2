namespace Postern.Engine.Detection.Rules;

/// <summary>A rule and the machine that recognises it; a machine from a table is built when its literal is first seen.</summary>
internal sealed class CompiledRule
{
    private readonly ReadOnlyMemory<byte> _body;
    private RuleMatcher? _matcher;

    public CompiledRule(Rule rule, Confidence? whenCheckFails, RuleMatcher matcher)
        : this(rule, whenCheckFails, ReadOnlyMemory<byte>.Empty) => _matcher = matcher;

    private CompiledRule(Rule rule, Confidence? whenCheckFails, ReadOnlyMemory<byte> body)
    {
        Rule = rule;
        WhenCheckFails = whenCheckFails;
        _body = body;
    }

    /// <summary>What the rule says about itself.</summary>
    public Rule Rule { get; }

    /// <summary>The confidence of a match whose offline check failed; null when such a match is none.</summary>
    public Confidence? WhenCheckFails { get; }

    /// <summary>The machine. Two threads may build it at once; both results are equal and immutable.</summary>
    public RuleMatcher Matcher => _matcher ??= Build();

    public void Write(BinaryWriter writer)
    {
        writer.Write(Rule.Id);
        writer.Write(Rule.Title);
        writer.Write(Rule.Remedy);
        writer.Write((byte)Rule.Category);
        writer.Write((byte)Rule.Severity);
        writer.Write((byte)Rule.Confidence);
        writer.Write(Rule.Core);
        writer.WriteFew(Rule.Homes, static (to, home) => to.Write(home));
        writer.Write((sbyte)(WhenCheckFails is { } confidence ? (int)confidence : -1));
        using var body = new MemoryStream();
        using var bodyWriter = new BinaryWriter(body);
        Matcher.Write(bodyWriter);
        writer.Write((ushort)body.Length);
        writer.Write(body.GetBuffer(), 0, (int)body.Length);
    }

    /// <summary>Reads a rule; <paramref name="table"/> are the bytes that the reader reads, and stay referenced.</summary>
    public static CompiledRule Read(BinaryReader reader, byte[] table)
    {
        var (id, title, remedy) = (reader.ReadString(), reader.ReadString(), reader.ReadString());
        var rule = new Rule(
            id,
            title,
            (RuleCategory)reader.ReadByte(),
            (Severity)reader.ReadByte(),
            (Confidence)reader.ReadByte(),
            remedy,
            reader.ReadBoolean())
        {
            Homes = reader.ReadFew(static from => from.ReadString()),
        };
        var whenFailed = reader.ReadSByte();
        var length = reader.ReadUInt16();
        var body = table.AsMemory((int)reader.BaseStream.Position, length);
        reader.BaseStream.Position += length;
        return new CompiledRule(rule, whenFailed < 0 ? null : (Confidence)whenFailed, body);
    }

    private RuleMatcher Build()
    {
        using var reader = new BinaryReader(new MemoryStream(_body.ToArray()));
        return RuleMatcher.Read(reader);
    }
}

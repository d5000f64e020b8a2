using System.Diagnostics;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Tools.Shell;

namespace Postern.Engine.Detection.Tools;

/// <summary>Recognises a rule in the commands of a tool call. It has no literals: no search over bytes ever calls it.</summary>
internal sealed class CommandMatcher(string[] notations) : RuleMatcher
{
    private readonly CommandPattern[] _patterns = Array.ConvertAll(notations, n =>
        CommandPatternParser.Parse(n, CommandLists.All, out var why) ?? throw new InvalidDataException(why));

    /// <summary>Any of them is enough.</summary>
    public ReadOnlySpan<CommandPattern> Patterns => _patterns;

    public override MatcherKind Kind => MatcherKind.Command;

    public override ReadOnlySpan<RuleLiteral> Literals => [];

    /// <summary>Whether any of the commands is one that the rule describes.</summary>
    public bool Matches(ShellScript script) => Array.Exists(_patterns, p => p.Matches(script));

    public override void Verify(ref RuleScan scan, in Anchor anchor) => throw new UnreachableException();

    protected override void WriteBody(BinaryWriter writer)
    {
        writer.WriteMany(notations, static (to, notation) => to.Write(notation));
    }

    public static CommandMatcher ReadBody(BinaryReader reader)
    {
        var notations = reader.ReadMany(static from => from.ReadString());
        return new CommandMatcher(notations);
    }
}

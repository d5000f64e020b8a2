using Postern.Engine.Detection.Rules.Reading;
using Postern.Engine.Detection.Tools;

namespace Postern.Engine.Detection.Rules.Compiling;

/// <summary>Compiles <c>command: {match}</c>.</summary>
internal static class CommandCompiler
{
    public static CommandMatcher? Compile(MapReader body)
    {
        var notations = body.Texts("match", required: true);
        foreach (var notation in notations)
        {
            if (CommandPatternParser.Parse(notation, CommandLists.All, out var why) is null)
            {
                body.Error(body.Node("match")!, $"'{notation}': {why}");
                return null;
            }
        }

        return notations.Count == 0 ? null : new CommandMatcher([.. notations]);
    }
}

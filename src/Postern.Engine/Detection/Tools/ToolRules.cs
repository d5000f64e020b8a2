using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Tools.Shell;

namespace Postern.Engine.Detection.Tools;

/// <summary>The rules about calls of tools.</summary>
internal sealed class ToolRules(CompiledRule[] rules)
{
    private CommandIndex? _index;

    /// <summary>A call that starts more than can be read.</summary>
    public static Rule Unread { get; } = new(
        "tool.command.unread",
        "Command too long or too deeply nested to be read",
        RuleCategory.Tool,
        Severity.High,
        Confidence.High,
        "Split the command, or put it into a file that a person can read.");

    /// <summary>A command that looks other than it runs.</summary>
    public static Rule Invisible { get; } = new(
        "tool.command.invisible-characters",
        "Command with invisible or reordering characters",
        RuleCategory.Tool,
        Severity.High,
        Confidence.High,
        "Write the command in plain characters.");

    /// <summary>Rules about calls that no file of rules holds, for the catalogue.</summary>
    public static IEnumerable<Rule> Own => [Unread, Invisible];

    /// <summary>Reports each rule that describes one of the commands, once.</summary>
    public void Scan(ShellScript script, int length, HitList hits)
    {
        if (script.IsCut)
        {
            hits.Add(Unread, 0, length);
        }

        if (script.HasInvisible)
        {
            hits.Add(Invisible, 0, length);
        }

        if (script.Commands.Count == 0)
        {
            return;
        }

        // Two threads may build it at once; both are equal and immutable.
        _index ??= new CommandIndex(rules);
        Span<bool> matched = stackalloc bool[rules.Length];
        _index.Match(script, matched);
        for (var i = 0; i < matched.Length; i++)
        {
            if (matched[i])
            {
                hits.Add(rules[i].Rule, 0, length);
            }
        }
    }
}

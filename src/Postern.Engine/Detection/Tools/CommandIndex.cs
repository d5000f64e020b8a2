using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Tools.Shell;

namespace Postern.Engine.Detection.Tools;

/// <summary>Which patterns to try for which program, so that a harmless command meets a handful of the hundreds there are.</summary>
internal sealed class CommandIndex
{
    /// <summary>No program has a longer name; a longer one is only compared with patterns for any program.</summary>
    private const int MaxName = 64;

    private readonly List<(int Rule, CommandPattern Pattern)> _all = [];
    private readonly Dictionary<string, List<int>> _byName = new(StringComparer.Ordinal);
    private readonly List<int> _byWildcard = [];

    public CommandIndex(ReadOnlySpan<CompiledRule> rules)
    {
        for (var rule = 0; rule < rules.Length; rule++)
        {
            foreach (var pattern in ((CommandMatcher)rules[rule].Matcher).Patterns)
            {
                _all.Add((rule, pattern));
                Enter(pattern.FirstPrograms, _all.Count - 1);
            }
        }
    }

    /// <summary>Marks in <paramref name="matched"/> every rule that describes one of the commands.</summary>
    public void Match(ShellScript script, Span<bool> matched)
    {
        foreach (var id in _byWildcard)
        {
            Try(id, script, matched);
        }

        HashSet<string>? seen = script.Commands.Count > 1 ? new(StringComparer.Ordinal) : null;
        foreach (var command in script.Commands)
        {
            if (command.Program.Length <= MaxName && seen?.Add(command.Program) != false && _byName.TryGetValue(command.Program, out var ids))
            {
                foreach (var id in ids)
                {
                    Try(id, script, matched);
                }
            }
        }
    }

    private void Try(int id, ShellScript script, Span<bool> matched)
    {
        var (rule, pattern) = _all[id];
        matched[rule] = matched[rule] || pattern.Matches(script);
    }

    private void Enter(string[] programs, int id)
    {
        if (Array.Exists(programs, p => p.AsSpan().IndexOfAny("*?#$/") >= 0))
        {
            _byWildcard.Add(id);
        }

        foreach (var program in programs.Where(p => p.AsSpan().IndexOfAny("*?#$/") < 0))
        {
            if (!_byName.TryGetValue(program, out var ids))
            {
                _byName[program] = ids = [];
            }

            ids.Add(id);
        }
    }
}

using Postern.Engine.Detection.Tools.Shell;

namespace Postern.Engine.Detection.Tools;

/// <summary>A command, or several that follow each other, as a rule writes them.</summary>
internal sealed class CommandPattern(CommandStage[] stages)
{
    /// <summary>The programs with which such a command begins.</summary>
    public string[] FirstPrograms => stages[0].Programs;

    /// <summary>Whether the script holds such commands. Linear in the commands: stage by stage from the last, command by command from the end.</summary>
    public bool Matches(ShellScript script)
    {
        var commands = script.Commands;
        if (!IsAny(stages[0], commands))
        {
            return false;
        }

        if (stages.Length == 1)
        {
            return true;
        }

        var reached = new bool[commands.Count];
        for (var i = 0; i < reached.Length; i++)
        {
            reached[i] = stages[^1].Matches(commands[i]);
        }

        for (var stage = stages.Length - 2; stage >= 0; stage--)
        {
            StepBack(stages[stage], commands, reached);
        }

        return Array.IndexOf(reached, true) >= 0;
    }

    private static bool IsAny(CommandStage stage, List<ShellCommand> commands)
    {
        foreach (var command in commands)
        {
            if (stage.Matches(command))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>From where the later stages match to where this one does in front of them.</summary>
    private static void StepBack(CommandStage stage, List<ShellCommand> commands, bool[] reached)
    {
        HashSet<int> pipelines = [];
        var any = false;
        for (var i = reached.Length - 1; i >= 0; i--)
        {
            var later = reached[i];
            reached[i] = (stage.IsPiped ? pipelines.Contains(commands[i].Pipeline) : any) && stage.Matches(commands[i]);
            if (later)
            {
                any = true;
                pipelines.Add(commands[i].Pipeline);
            }
        }
    }
}

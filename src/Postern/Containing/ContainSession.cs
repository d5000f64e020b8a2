namespace Postern.Program.Containing;

/// <summary>One change to a host, or the look at one.</summary>
internal sealed class ContainSession(ContainRecord record, bool dry)
{
    /// <summary>Stops everybody else: users, rules and units are root's.</summary>
    /// <exception cref="ConfigException">This is not Linux, or not root.</exception>
    public static void NeedRoot()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            throw new ConfigException("this is for Linux, and for root; '--dry-run' needs neither root nor anything else");
        }
    }

    /// <summary>Does steps, or prints them.</summary>
    public int Do(Step[] steps)
    {
        if (dry)
        {
            PlanRun.Print(steps, Console.Out);
            return ExitCodes.Ok;
        }

        NeedRoot();
        return new PlanRun(record, Console.Out).Apply(steps) ? ExitCodes.Ok : ExitCodes.Finding;
    }

    /// <summary>Takes those of the steps back that were done, the last one first; or prints that.</summary>
    /// <exception cref="ConfigException">None was.</exception>
    public int Undo(Step[] steps)
    {
        Step[] done = [.. steps.Where(step => record.Done.Contains(step.Name)).Reverse()];
        if (done.Length == 0)
        {
            throw new ConfigException("nothing of it was done by 'postern contain'");
        }

        if (dry)
        {
            foreach (var step in done)
            {
                Console.Out.WriteLine($"# {step.Name}");
                if (step.Undo is { } undo)
                {
                    Console.Out.WriteLine(undo.Line);
                }
            }

            return ExitCodes.Ok;
        }

        NeedRoot();
        return new PlanRun(record, Console.Out).Undo(done) ? ExitCodes.Ok : ExitCodes.Finding;
    }

    /// <summary>What stands behind a beginning in the names of steps that were done.</summary>
    public IEnumerable<string> Named(string beginning) =>
        record.Done.Where(step => step.StartsWith(beginning, StringComparison.Ordinal)).Select(step => step[beginning.Length..]).ToArray();
}

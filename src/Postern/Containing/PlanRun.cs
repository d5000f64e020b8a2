namespace Postern.Program.Containing;

/// <summary>Carries plans out, and takes them back.</summary>
internal sealed class PlanRun(ContainRecord record, TextWriter said)
{
    /// <summary>Prints what would be run; nothing is.</summary>
    public static void Print(IEnumerable<Step> steps, TextWriter to)
    {
        foreach (var step in steps)
        {
            var holds = step.Check.Fault() is null;
            to.WriteLine($"# {step.Name}: {(holds ? "holds already" : step.Do is null ? "must hold: " + step.Check.Line : "to do")}");
            if (!holds && step.Do is { } act)
            {
                to.WriteLine(act.Line);
            }
        }
    }

    /// <summary>Does what does not hold yet, in order; at the first failure everything that was done here is taken back. Whether all of it holds.</summary>
    public bool Apply(IEnumerable<Step> steps)
    {
        var done = new Stack<Step>();
        foreach (var step in steps)
        {
            if (step.Check.Fault() is not { } missing)
            {
                said.WriteLine($"holds  {step.Name}");
                continue;
            }

            if ((step.Do is null ? missing : step.Do.Fault() ?? step.Check.Fault()) is { } fault)
            {
                said.WriteLine($"{Terminal.Red("failed")} {step.Name}: {fault}");
                if (step.Do is RunAct)
                {
                    // It may have got half way. What it left undone needs no undoing, so nothing is said of that.
                    step.Undo?.Fault();
                }

                Undo(done);
                return false;
            }

            done.Push(step);
            record.Add(step.Name);
            said.WriteLine($"did    {step.Name}");
        }

        return true;
    }

    /// <summary>Takes steps back, in the order given. Whether all of it is gone.</summary>
    public bool Undo(IEnumerable<Step> steps)
    {
        var gone = true;
        foreach (var step in steps)
        {
            var fault = step.Undo?.Fault();
            if (fault is not null && step.Check.Fault() is null)
            {
                said.WriteLine($"{Terminal.Red("kept")}   {step.Name}: {fault}");
                gone = false;
                continue;
            }

            record.Remove(step.Name);
            said.WriteLine($"undid  {step.Name}");
        }

        return gone;
    }
}

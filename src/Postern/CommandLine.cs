using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Postern.Program.Running;

namespace Postern.Program;

/// <summary>From arguments to an exit code. Only the command that was asked for is built.</summary>
internal static class CommandLine
{
    public static int Run(string[] args)
    {
        switch (args)
        {
            case []:
            case ["help"]:
            case ["-h" or "--help" or "-?", ..]:
                CommandPage.Write(Console.Out);
                return ExitCodes.Ok;
            case ["--version", ..]:
                return Run(["version", .. args[1..]]);
            case ["help", var topic, ..]:
                return Run([topic, "--help"]);
            default:
                return CommandTable.Find(args[0]) is { } entry ? Invoke(entry, args[1..]) : Unknown(args[0]);
        }
    }

    private static int Invoke(CommandEntry entry, string[] rest)
    {
        var command = entry.Create();
        command.Description ??= entry.Summary;
        command.Options.Add(new HelpOption { Recursive = true, Action = new CommandHelp() });
        var parsed = command.Parse(rest, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 && parsed.Action is null or ParseErrorAction)
        {
            return Usage(parsed);
        }

        try
        {
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            if (parsed.Action is SynchronousCommandLineAction)
            {
                return parsed.Invoke(invocation);
            }

            using var termination = new Termination();
            return parsed.InvokeAsync(invocation, termination.Asked).GetAwaiter().GetResult();
        }
        catch (ConfigException wrong)
        {
            Terminal.Fail(wrong.Message);
            return ExitCodes.Usage;
        }
        catch (Exception e) when (Mishap.Is(e))
        {
            Terminal.Fail(e.Message);
            return ExitCodes.Finding;
        }
    }

    private static int Usage(ParseResult parsed)
    {
        foreach (var error in UsageErrors.Of(parsed))
        {
            Terminal.Fail(error);
        }

        var path = CommandHelp.PathOf(parsed.CommandResult.Command);
        Console.Error.WriteLine($"Run 'postern {path} --help' for what it takes.");
        return ExitCodes.Usage;
    }

    private static int Unknown(string typed)
    {
        var nearest = Spelling.Nearest(typed, CommandTable.All.Select(static entry => entry.Name));
        Terminal.Fail($"there is no command '{Terminal.Plain(typed)}'" + (nearest is null ? "" : $"; did you mean '{nearest}'?"));
        Console.Error.WriteLine("Run 'postern' for the commands.");
        return ExitCodes.Usage;
    }
}

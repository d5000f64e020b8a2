using Postern.Program;
using Postern.Program.Commands;
using Postern.Sandbox.Launching;
using Postern.Sandbox.Probing;

// The stage is on the way of every contained start: it pays for no command line.
if (args is [Stage.Word, var socket])
{
    return Stage.Run(socket);
}

if (args is [EgressProbe.Word, ..] && EgressTargets.Of(args[1..]) is { } targets)
{
    EgressProbe.Run(targets, Console.Out);
    return ExitCodes.Ok;
}

return HookCommand.TryRun(args) ?? CommandLine.Run(args);

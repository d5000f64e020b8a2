using Postern.Program;
using Postern.Sandbox.Launching;

// The stage is on the way of every contained start: it pays for no command line.
return args is [Stage.Word, var socket] ? Stage.Run(socket) : CommandLine.Run(args);

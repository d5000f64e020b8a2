using Postern.Program;

return CommandLine.Run(args);

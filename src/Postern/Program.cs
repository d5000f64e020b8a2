return Postern.Program.Commands.RunCommand.Create().Parse(args[1..]).InvokeAsync().GetAwaiter().GetResult();

using System.CommandLine;
using Postern.Transports.Control;

namespace Postern.Program.Commands;

/// <summary><c>postern kill on</c>, <c>off</c>, <c>status</c>: the operator's source of the kill switch, for every run of this home, without any port.</summary>
internal static class KillCommand
{
    public static Command Create()
    {
        var kill = new Command("kill", "Stops everything that passes, in every run of this home, within 100 ms; also in the middle of streams.");
        kill.Subcommands.Add(Verb("on", "Nothing passes from now on, also after a restart.", home => Turn(home, isOn: true)));
        kill.Subcommands.Add(Verb("off", "Takes back what 'on' did. Other sources (configuration, signal, sentinel file) hold by themselves.", home => Turn(home, isOn: false)));
        kill.Subcommands.Add(Status());
        return kill;
    }

    private static ExampledCommand Verb(string name, string description, Func<Home, int> act)
    {
        var home = StandardOptions.Home();
        var command = new ExampledCommand(name, description) { Examples = [$"postern kill {name}"] };
        command.Options.Add(home);
        command.SetAction(parsed => act(Home.Find(parsed.GetValue(home))));
        return command;
    }

    private static int Turn(Home home, bool isOn)
    {
        try
        {
            home.Create();
            new PresenceFile(home.Halt).Set(isOn);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Terminal.Fail($"{home.Halt}: {e.Message}");
            return ExitCodes.Finding;
        }

        Console.Out.WriteLine(isOn ? "on: nothing passes in any run of " + home.Path : "off");
        return ExitCodes.Ok;
    }

    private static ExampledCommand Status()
    {
        var home = StandardOptions.Home();
        var json = StandardOptions.Json();
        var command = new ExampledCommand("status", "Exit code 1 while 'on' holds, 0 when not. The control port's status names all sources.") { Examples = ["postern kill status"] };
        command.Options.Add(home);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var isOn = new PresenceFile(Home.Find(parsed.GetValue(home)).Halt).IsPresent();
            if (parsed.GetValue(json))
            {
                Json.PrintObject(writer => writer.WriteBoolean("active", isOn));
            }
            else
            {
                Console.Out.WriteLine(isOn ? "on" : "off");
            }

            return isOn ? ExitCodes.Finding : ExitCodes.Ok;
        });
        return command;
    }
}

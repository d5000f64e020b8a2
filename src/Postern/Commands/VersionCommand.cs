using System.CommandLine;
using System.Runtime.InteropServices;

namespace Postern.Program.Commands;

/// <summary><c>postern version</c>.</summary>
internal static class VersionCommand
{
    public static Command Create()
    {
        var json = StandardOptions.Json();
        var command = new ExampledCommand("version", "Prints version, runtime and platform.") { Examples = ["postern version --json"] };
        command.Options.Add(json);
        command.SetAction(parsed => Print(parsed.GetValue(json)));
        return command;
    }

    private static int Print(bool asJson)
    {
        if (asJson)
        {
            Json.PrintObject(static writer =>
            {
                writer.WriteString("version", Product.Version);
                writer.WriteString("runtime", RuntimeInformation.FrameworkDescription);
                writer.WriteString("platform", RuntimeInformation.RuntimeIdentifier);
            });
        }
        else
        {
            Console.Out.WriteLine($"postern {Product.Version} ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})");
        }

        return ExitCodes.Ok;
    }
}

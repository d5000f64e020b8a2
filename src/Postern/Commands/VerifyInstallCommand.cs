using System.CommandLine;
using Postern.Program.Releasing;
using Postern.Transports.Evidence;

namespace Postern.Program.Commands;

/// <summary><c>postern verify-install</c>: the files of this installation against what was released.</summary>
internal static class VerifyInstallCommand
{
    public static Command Create()
    {
        var folder = new Argument<string?>("DIR") { Description = "where the release was unpacked; else where this program lies", Arity = ArgumentArity.ZeroOrOne };
        var key = new Option<string>("--key") { Description = "the release's public key: 64 hexadecimal digits, or a file that begins with them", HelpName = "KEY", Required = true };
        var command = new ExampledCommand(
            "verify-install",
            $"Compares every file of an unpacked release with the signed {ReleaseSeal.FileName} in it. Exit code 3 when one was changed, is missing or is none of it, or when the statement is not signed by the key. " +
            "A program that was changed can say anything: where that matters, run a second copy from elsewhere and name DIR.")
        {
            Examples = ["postern verify-install /opt/postern --key release.pub"],
        };
        command.Arguments.Add(folder);
        command.Options.Add(key);
        command.SetAction(parsed => Verify(parsed.GetValue(folder) ?? AppContext.BaseDirectory, PublicKeyText.Read(parsed.GetValue(key)!)));
        return command;
    }

    private static int Verify(string folder, string key)
    {
        try
        {
            var differences = ReleaseSeal.Differences(folder, key, OpenSslEd25519.OrManaged());
            foreach (var difference in differences)
            {
                Terminal.Fail(Terminal.Plain(difference));
            }

            Console.Out.WriteLine(differences.Count == 0 ? "as released" : $"{differences.Count} files differ");
            return differences.Count == 0 ? ExitCodes.Ok : ExitCodes.Tampered;
        }
        catch (ReleaseSealException unsealed)
        {
            Terminal.Fail(unsealed.Message);
            return ExitCodes.Tampered;
        }
    }
}

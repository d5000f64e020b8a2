using System.CommandLine;
using System.Globalization;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Verification;
using Postern.Transports.Evidence;

namespace Postern.Program.Commands;

/// <summary><c>postern evidence prove</c>: one record with all that a third party needs to believe it.</summary>
internal static class EvidenceProveCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "the record, as refusals name it: ev-1a2b3c4d-17" };
        var path = EvidenceSource.Argument();
        var home = StandardOptions.Home();
        var command = new ExampledCommand(
            "prove",
            "Prints a record with its inclusion proof and the signed checkpoint above it (C2SP tlog-proof): whoever has the key verifies it without the rest. Exit code 1 when no checkpoint covers it yet, or the chain does not hold.")
        {
            Examples = ["postern evidence prove ev-1a2b3c4d-17 > denial.proof", "postern evidence verify --proof denial.proof --key ~/.postern/keys/evidence.pub"],
        };
        command.Arguments.Add(id);
        command.Arguments.Add(path);
        command.Options.Add(home);
        command.SetAction(parsed =>
        {
            var wanted = Parse(parsed.GetValue(id)!);
            var directories = parsed.GetValue(path) is { } one ? [one] : EvidenceSource.DirectoriesOf(Home.Find(parsed.GetValue(home)));
            var proof = directories.Select(directory => RecordProof.Create(EvidenceSource.FilesAt(directory), wanted, OpenSslEd25519.OrManaged())).FirstOrDefault(static proof => proof is not null);
            if (proof is null)
            {
                Terminal.Fail($"{wanted}: no such record, or no checkpoint after it yet, or its chain does not hold ('postern evidence verify' says which)");
                return ExitCodes.Finding;
            }

            Console.Out.Write(TlogProof.Write(proof));
            return ExitCodes.Ok;
        });
        return command;
    }

    private static EvidenceId Parse(string text) =>
        text.Split('-') is ["ev", { Length: 8 } chain, var place]
        && uint.TryParse(chain, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
        && long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? new EvidenceId(number, sequence)
            : throw new ConfigException($"{Terminal.Plain(text)}: not the id of a record, such as ev-1a2b3c4d-17");
}

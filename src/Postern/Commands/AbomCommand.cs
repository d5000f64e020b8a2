using System.CommandLine;
using Postern.Engine.Evidence.Verification;
using Postern.Program.Abom;
using Postern.Transports.Evidence;

namespace Postern.Program.Commands;

/// <summary><c>postern abom</c>.</summary>
internal static class AbomCommand
{
    public static Command Create()
    {
        var directory = new Argument<string>("DIR") { Description = "the project whose manifests, lock files, MCP configurations and postern.yaml are read", DefaultValueFactory = static _ => "." };
        var evidence = new Option<string?>("--evidence") { Description = "the evidence of what was used; else all of the home directory", HelpName = "PATH" };
        var home = StandardOptions.Home();
        var command = new ExampledCommand(
            "abom",
            "Prints a bill of materials of an agent as CycloneDX 1.6 JSON: the servers, tools, models, hosts and packages that files declare, and those that evidence shows in use. "
            + "Each is active, dormant (declared, never seen) or unexpected (seen, declared nowhere). Exit code 3 when the evidence does not hold.")
        {
            Examples = ["postern abom . > agent.cdx.json", "postern abom diff before.cdx.json agent.cdx.json"],
        };
        command.Arguments.Add(directory);
        command.Options.Add(evidence);
        command.Options.Add(home);
        command.Subcommands.Add(AbomDiffCommand.Create());
        command.SetAction(parsed =>
        {
            var root = Path.GetFullPath(parsed.GetValue(directory)!);
            if (!Directory.Exists(root))
            {
                throw new ConfigException($"{root}: there is no such directory");
            }

            var bom = new BillOfMaterials();
            new DeclaredFiles(bom, root).Read();
            foreach (var place in parsed.GetValue(evidence) is { } named ? (IEnumerable<string>)[named] : EvidenceSource.DirectoriesOf(Home.Find(parsed.GetValue(home))).Order(StringComparer.Ordinal))
            {
                var files = EvidenceSource.FilesAt(place);
                if (files.Count > 0 && EvidenceVerifier.Verify(files, new VerificationDemand(""), OpenSslEd25519.OrManaged()) is { Sound: false } broken)
                {
                    Terminal.Fail($"{place}: the evidence does not hold: {broken.Failure}");
                    return ExitCodes.Tampered;
                }

                ObservedEvidence.Read(bom, EvidenceLog.Read(files));
            }

            bom.Settle();
            using var output = Console.OpenStandardOutput();
            output.Write(CycloneDx.Write(bom));
            return ExitCodes.Ok;
        });
        return command;
    }
}

using System.CommandLine;
using System.Text.Json;
using Postern.Engine.Evidence.Signing;
using Postern.Program.Proof;
using Postern.Transports.Evidence;
using Postern.Transports.Telemetry.Emit;

namespace Postern.Program.Commands;

/// <summary><c>postern evidence export</c>: records in formats of others, one per line.</summary>
internal static class EvidenceExportCommand
{
    private static readonly string[] s_formats = ["action-receipt", "ocsf"];

    public static Command Create()
    {
        var path = EvidenceSource.Argument();
        var format = new Option<string>("--format") { Description = "action-receipt (version 1 of the format that Pipelock publishes, signed at export) or ocsf (OCSF 1.3 detection findings and HTTP activity)", HelpName = "FORMAT", Required = true };
        var home = StandardOptions.Home();
        var command = new ExampledCommand("export", "Prints every ruling in another format, one JSON object per line. It verifies nothing: 'evidence verify' does.")
        {
            Examples = ["postern evidence export --format ocsf", "postern evidence export --format action-receipt > receipts.jsonl"],
        };
        command.Arguments.Add(path);
        command.Options.Add(format);
        command.Options.Add(home);
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(format)!;
            if (Array.IndexOf(s_formats, name) < 0)
            {
                throw new ConfigException($"--format is one of: {string.Join(", ", s_formats)}");
            }

            var from = Home.Find(parsed.GetValue(home));
            using var signer = name == "ocsf" ? null : SigningKey.LoadOrCreate(from.Path, OpenSslEd25519.OrManaged());
            Func<JsonElement, string?> next = signer is null ? static record => OcsfEvent.Of(record, Product.Version) : new ActionReceipts(signer).Next;
            foreach (var record in EvidenceLog.Records(EvidenceSource.FilesAt(parsed.GetValue(path) ?? from.Evidence)))
            {
                using (record)
                {
                    if (next(record.RootElement) is { } line)
                    {
                        Console.Out.WriteLine(line);
                    }
                }
            }

            return ExitCodes.Ok;
        });
        return command;
    }
}

using System.CommandLine;
using Postern.Engine.Evidence.Signing;
using Postern.Program.Integrity;
using Postern.Transports.Evidence;

namespace Postern.Program.Commands;

/// <summary><c>postern integrity</c>: whether the files that steer agents are still those that somebody approved.</summary>
internal static class IntegrityCommand
{
    private const string ManifestName = ".integrity-manifest.json";

    public static Command Create()
    {
        var command = new ExampledCommand("integrity", "A signed list of the files in a workspace that steer agents, and whether they are still the same.");
        command.Subcommands.Add(Init());
        command.Subcommands.Add(Check());
        return command;
    }

    private static ExampledCommand Init()
    {
        var (folder, home) = (Folder(), StandardOptions.Home());
        var command = new ExampledCommand(
            "init",
            $"Writes {ManifestName} with the digests of every file that steers agents (CLAUDE.md, AGENTS.md, .mcp.json, .claude, .cursor, git hooks and their like), and its signature beside it. Again, to approve what has changed.")
        {
            Examples = ["postern integrity init", "postern integrity init /work/project"],
        };
        command.Arguments.Add(folder);
        command.Options.Add(home);
        command.SetAction(parsed =>
        {
            var root = RootOf(parsed.GetValue(folder));
            var manifest = WorkspaceManifest.Of(AgentFiles.Below(root), root);
            using var signer = SigningKey.LoadOrCreate(Home.Find(parsed.GetValue(home)).Path, OpenSslEd25519.OrManaged());
            var path = Path.Combine(root, ManifestName);
            var bytes = manifest.Write();
            Span<byte> signature = stackalloc byte[IEd25519.SignatureBytes];
            signer.Sign(bytes, signature);
            WholeFile.Replace(path, WholeFile.Read(path), bytes);
            WholeFile.Replace(path + ".sig", WholeFile.Read(path + ".sig"), System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(signature) + "\n"));
            Console.Out.WriteLine($"{path}: {manifest.Files.Count} files, signed by {Convert.ToHexStringLower(signer.PublicKey)}");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static ExampledCommand Check()
    {
        var (folder, home, json) = (Folder(), StandardOptions.Home(), StandardOptions.Json());
        var key = new Option<string?>("--key") { Description = "the public key that must have signed; else the home's", HelpName = "KEY" };
        var command = new ExampledCommand("check", "Compares. Exit code 1 when a file was added, changed or removed, 3 when the manifest is not the one that was signed.")
        {
            Examples = ["postern integrity check", "postern integrity check --key keys/evidence.pub --json"],
        };
        command.Arguments.Add(folder);
        foreach (var option in (Option[])[home, key, json])
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            var root = RootOf(parsed.GetValue(folder));
            var path = Path.Combine(root, ManifestName);
            var bytes = WholeFile.Read(path) ?? throw new ConfigException($"{path}: there is none; 'postern integrity init' makes it");
            var trusted = PublicKeyText.Read(parsed.GetValue(key) ?? Path.Combine(Home.Find(parsed.GetValue(home)).Path, "keys", "evidence.pub"));
            if (!IsSigned(path, bytes, trusted))
            {
                Terminal.Fail($"{path}: not signed by {trusted}, or changed since");
                return ExitCodes.Tampered;
            }

            var changes = WorkspaceManifest.Read(bytes, path).ChangesTo(WorkspaceManifest.Of(AgentFiles.Below(root), root)).ToList();
            Print(changes, parsed.GetValue(json));
            return changes.Count == 0 ? ExitCodes.Ok : ExitCodes.Finding;
        });
        return command;
    }

    private static void Print(List<(string Path, string What)> changes, bool asJson)
    {
        if (asJson)
        {
            Json.PrintArray(changes, static (writer, change) =>
            {
                writer.WriteString("file", change.Path);
                writer.WriteString("change", change.What);
            });
            return;
        }

        foreach (var (file, what) in changes)
        {
            Console.Out.WriteLine($"{Terminal.Yellow(what)}: {Terminal.Plain(file)}");
        }

        Console.Out.WriteLine(changes.Count == 0 ? "every file is the one that was approved" : $"{changes.Count} differences; 'postern integrity init' approves them");
    }

    private static bool IsSigned(string path, byte[] manifest, string key)
    {
        try
        {
            var signature = Convert.FromHexString(File.ReadAllText(path + ".sig").Trim());
            return OpenSslEd25519.OrManaged().Verify(Convert.FromHexString(key), manifest, signature);
        }
        catch (Exception e) when (e is FileNotFoundException or FormatException or ArgumentException)
        {
            return false;
        }
    }

    private static Argument<string?> Folder() => new("folder") { Description = "the workspace (default: this directory)", Arity = ArgumentArity.ZeroOrOne };

    private static string RootOf(string? folder) => Directory.Exists(folder ?? ".") ? Path.GetFullPath(folder ?? ".") : throw new ConfigException($"{Terminal.Plain(folder!)}: there is no such folder");
}

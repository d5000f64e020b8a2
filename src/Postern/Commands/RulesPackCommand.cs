using System.CommandLine;
using Postern.Engine.Detection.Rules.Bundles;
using Postern.Engine.Evidence.Signing;
using Postern.Transports.Evidence;

namespace Postern.Program.Commands;

/// <summary><c>postern rules pack</c>: rule files become a signed bundle.</summary>
internal static class RulesPackCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "a folder of rule files, *.yaml" };
        var pin = new Option<string>("--as") { Description = "name and version of the bundle, such as acme-rules@1.2.0", HelpName = "NAME@VERSION", Required = true };
        var engine = new Option<string>("--minimum-engine") { Description = "the earliest Postern that understands it (default 0.1.0)", HelpName = "VERSION", DefaultValueFactory = static _ => "0.1.0" };
        var output = new Option<string?>("--output", "-o") { Description = "the file to write (default NAME@VERSION.bundle)", HelpName = "FILE" };
        var home = StandardOptions.Home();
        var command = new ExampledCommand("pack", "Packs rule files into a bundle and signs it with the key of the home directory ('postern keygen'). Every example is tried first.")
        {
            Examples = ["postern rules pack my-rules --as acme-rules@1.2.0"],
        };
        command.Arguments.Add(folder);
        Option[] options = [pin, engine, output, home];
        Array.ForEach(options, command.Options.Add);
        command.SetAction(parsed =>
        {
            var head = HeadOf(parsed.GetValue(pin)!, parsed.GetValue(engine)!);
            using var signer = SignerOf(Home.Find(parsed.GetValue(home)));
            var bytes = BundleWriter.Write(head, FilesIn(parsed.GetValue(folder)!), signer);
            var tried = BundleReader.Open(bytes, new BundleTrust([Convert.ToHexStringLower(signer.PublicKey)], signer.Algorithm, new Version(int.MaxValue, 0)));
            if (tried.Bundle is null)
            {
                return RuleFile.Report("", tried.Errors, asJson: false);
            }

            var path = parsed.GetValue(output) ?? head.Pin + ".bundle";
            File.WriteAllBytes(path, bytes);
            Console.Out.WriteLine(path);
            Console.Error.WriteLine($"{tried.Bundle.Table.Rules.Count} rules; publisher {tried.Bundle.Head.Publisher}");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static BundleHead HeadOf(string pin, string engine) =>
        pin.Split('@') is [var name, var written] && BundleHead.IsName(name) && Version.TryParse(written, out var version) && Version.TryParse(engine, out var minimum)
            ? new BundleHead(name, version, minimum)
            : throw new ConfigException("--as takes name@version: lower-case letters, digits and hyphens, then two to four numbers with points between them");

    private static EvidenceSigner SignerOf(Home home)
    {
        try
        {
            home.Create();
            return SigningKey.LoadOrCreate(home.Path, OpenSslEd25519.OrManaged());
        }
        catch (EvidenceUnsoundException unsound)
        {
            throw new ConfigException(unsound.Message);
        }
    }

    private static BundleFile[] FilesIn(string folder)
    {
        var paths = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal).ToArray() : [];
        return paths.Length == 0 || Array.Find(paths, static path => !BundleFile.IsName(Path.GetFileName(path))) is not null
            ? throw new ConfigException($"{Terminal.Plain(folder)}: a folder with rule files is needed; their names have lower-case letters, digits, hyphens and points, and end in .yaml")
            : Array.ConvertAll(paths, static path => new BundleFile(Path.GetFileName(path), BundleStore.Read(path)));
    }
}

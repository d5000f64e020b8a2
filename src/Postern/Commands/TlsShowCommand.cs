using System.CommandLine;
using System.Security.Cryptography;

namespace Postern.Program.Commands;

/// <summary><c>postern tls show-ca</c>.</summary>
internal static class TlsShowCommand
{
    public static Command Create()
    {
        var output = new Option<string?>("--out", "-o") { Description = "write to this file, which must not exist; else to standard output", HelpName = "FILE" };
        var home = StandardOptions.Home();
        var json = StandardOptions.Json();
        var command = new ExampledCommand("show-ca", "Prints the authority's certificate (PEM). It holds no secret.")
        {
            Examples = ["postern tls show-ca --out postern-ca.pem"],
        };
        command.Options.Add(output);
        command.Options.Add(home);
        command.Options.Add(json);
        command.SetAction(parsed => Authority.Try(() => Show(Home.Find(parsed.GetValue(home)), parsed.GetValue(output), parsed.GetValue(json))));
        return command;
    }

    private static int Show(Home home, string? file, bool asJson)
    {
        using var certificate = Authority.Certificate(home);
        var pem = certificate.ExportCertificatePem() + "\n";
        if (file is not null)
        {
            NewFile.Write(file, pem);
        }

        if (asJson)
        {
            Json.PrintObject(writer =>
            {
                writer.WriteString("fingerprint", certificate.GetCertHashString(HashAlgorithmName.SHA256));
                writer.WriteString("subject", certificate.Subject);
                writer.WriteString("expires", certificate.NotAfter.ToUniversalTime());
                writer.WriteString("pem", pem);
            });
        }
        else if (file is null)
        {
            Console.Out.Write(pem);
        }

        Console.Error.WriteLine($"SHA-256 {certificate.GetCertHashString(HashAlgorithmName.SHA256)}, valid until {certificate.NotAfter.ToUniversalTime():u}");
        return ExitCodes.Ok;
    }
}

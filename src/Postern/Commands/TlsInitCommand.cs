using System.CommandLine;
using Postern.Transports.Http.Tls;

namespace Postern.Program.Commands;

/// <summary><c>postern tls init</c>.</summary>
internal static class TlsInitCommand
{
    public static Command Create()
    {
        var home = StandardOptions.Home();
        var json = StandardOptions.Json();
        var command = new ExampledCommand("init", "Makes the authority, or says that it is there and usable. From then on 'run' intercepts TLS.")
        {
            Examples = ["postern tls init"],
        };
        command.Options.Add(home);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var directory = Home.Find(parsed.GetValue(home));
            directory.Create();
            return Authority.Try(() => Init(directory.Path, parsed.GetValue(json)));
        });
        return command;
    }

    private static int Init(string directory, bool asJson)
    {
        var path = Path.Combine(directory, CertificateAuthority.CertificateFileName);
        var existed = File.Exists(path);
        using var authority = CertificateAuthority.LoadOrCreate(directory, TimeProvider.System);
        if (asJson)
        {
            Json.PrintObject(writer =>
            {
                writer.WriteBoolean("created", !existed);
                writer.WriteString("certificate", path);
                writer.WriteString("fingerprint", authority.Fingerprint);
                writer.WriteString("expires", authority.ExpiresAt);
            });
            return ExitCodes.Ok;
        }

        Console.Out.WriteLine(path);
        Console.Error.WriteLine($"{(existed ? "The authority was there already" : "Made a certificate authority")}, SHA-256 {authority.Fingerprint}, valid until {authority.ExpiresAt:u}.");
        Console.Error.WriteLine("Agents must trust it: 'postern tls install-ca' for the whole machine; 'postern run -- CMD' sets it for one command.");
        return ExitCodes.Ok;
    }
}

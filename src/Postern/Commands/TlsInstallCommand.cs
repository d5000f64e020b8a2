using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;

namespace Postern.Program.Commands;

/// <summary><c>postern tls install-ca</c>.</summary>
internal static class TlsInstallCommand
{
    private const string Folder = "/usr/local/share/ca-certificates";
    private const string Installed = Folder + "/postern-ca.crt";
    private const string Update = "update-ca-certificates";

    public static Command Create()
    {
        var home = StandardOptions.Home();
        var json = StandardOptions.Json();
        var command = new ExampledCommand("install-ca", "Lets this machine trust the authority (Debian and its kin, as root); elsewhere says what to do.")
        {
            Examples = ["sudo postern tls install-ca --home /home/me/.postern"],
        };
        command.Options.Add(home);
        command.Options.Add(json);
        command.SetAction(parsed => Authority.Try(() => Install(Home.Find(parsed.GetValue(home)), parsed.GetValue(json))));
        return command;
    }

    private static int Install(Home home, bool asJson)
    {
        using var certificate = Authority.Certificate(home);
        var path = Path.Combine(home.Path, "ca.pem");
        var (done, advice) = !Directory.Exists(Folder) ? (false, $"There is no {Folder} here: add {path} to this system's trust store by its own tool.")
            : !Environment.IsPrivilegedProcess ? (false, $"Only root may: run 'sudo cp {path} {Installed} && sudo {Update}'.")
            : Place(certificate.ExportCertificatePem() + "\n");
        if (asJson)
        {
            Json.PrintObject(writer =>
            {
                writer.WriteBoolean("installed", done);
                writer.WriteString("advice", advice);
            });
        }
        else
        {
            (done ? Console.Out : Console.Error).WriteLine(advice);
        }

        return done ? ExitCodes.Ok : ExitCodes.Finding;
    }

    private static (bool Done, string Advice) Place(string pem)
    {
        File.WriteAllText(Installed, pem);
        try
        {
            using var update = Process.Start(new ProcessStartInfo(Update) { RedirectStandardOutput = true, RedirectStandardError = true });
            update!.StandardOutput.ReadToEnd();
            update.WaitForExit();
            return update.ExitCode == 0
                ? (true, $"{Installed} is trusted. Programs with a store of their own (Java, Firefox, Python's certifi) need it told: SSL_CERT_FILE, NODE_EXTRA_CA_CERTS, REQUESTS_CA_BUNDLE.")
                : (false, $"{Installed} was written, but {Update} ended with {update.ExitCode}.");
        }
        catch (Win32Exception)
        {
            return (false, $"{Installed} was written, but there is no {Update}: install the package ca-certificates and run it.");
        }
    }
}

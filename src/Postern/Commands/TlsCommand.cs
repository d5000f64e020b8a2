using System.CommandLine;

namespace Postern.Program.Commands;

/// <summary><c>postern tls</c>.</summary>
internal static class TlsCommand
{
    public static Command Create()
    {
        var command = new ExampledCommand("tls", "The certificate authority with which 'run' looks into TLS.");
        command.Subcommands.Add(TlsInitCommand.Create());
        command.Subcommands.Add(TlsShowCommand.Create());
        command.Subcommands.Add(TlsInstallCommand.Create());
        return command;
    }
}

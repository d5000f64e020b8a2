using Postern.Engine.Configuration.Sections;
using Postern.Transports.Http.Tls;

namespace Postern.Program.Running;

/// <summary>Decides whether tunnels are read, and with which authority.</summary>
internal static class AuthorityPlace
{
    /// <summary>The authority, made the first time a command is run behind the firewall; null when tunnels stay opaque.</summary>
    public static CertificateAuthority? Open(TlsInterceptionSection section, FirewallOptions options, TimeProvider time)
    {
        var home = options.Home.Path;
        if (section.CaCert.Length > 0 && section.Enabled != InterceptionMode.Off)
        {
            return CertificateAuthority.Load(section.CaCert, section.CaKey, time);
        }

        var wanted = section.Enabled switch
        {
            InterceptionMode.Off => false,
            InterceptionMode.On => true,
            _ => options.RunsCommand || File.Exists(Path.Combine(home, CertificateAuthority.CertificateFileName)),
        };
        return wanted ? CertificateAuthority.LoadOrCreate(home, time) : null;
    }
}

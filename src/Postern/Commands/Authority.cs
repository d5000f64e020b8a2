using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Postern.Transports.Http.Tls;

namespace Postern.Program.Commands;

/// <summary>The authority's certificate as commands need it: without the key, and never made by the way.</summary>
internal static class Authority
{
    /// <summary>Runs <paramref name="work"/>; an unusable authority is exit code 1 with its reason.</summary>
    public static int Try(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (CertificateAuthorityException unusable)
        {
            Terminal.Fail(unusable.Message);
            return ExitCodes.Finding;
        }
    }

    /// <summary>The certificate in <paramref name="home"/>. The caller disposes it.</summary>
    /// <exception cref="CertificateAuthorityException">There is none, or it is not readable.</exception>
    public static X509Certificate2 Certificate(Home home)
    {
        var path = Path.Combine(home.Path, CertificateAuthority.CertificateFileName);
        if (!File.Exists(path))
        {
            throw new CertificateAuthorityException($"There is no authority in {home.Path}; run 'postern tls init'.");
        }

        try
        {
            return X509Certificate2.CreateFromPem(File.ReadAllText(path));
        }
        catch (CryptographicException)
        {
            throw new CertificateAuthorityException($"{path} holds no readable PEM certificate.");
        }
    }
}

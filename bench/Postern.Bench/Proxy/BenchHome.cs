using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Postern.Bench.Proxy;

/// <summary>A temporary directory with what the servers need: pages, a certificate, configurations; deleted with this object.</summary>
internal sealed class BenchHome : IDisposable
{
    /// <summary>The big download, in bytes.</summary>
    public const long BigBytes = 2L << 30;

    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("postern-bench-").FullName;

    /// <summary>The upstream's certificate, which is its own authority.</summary>
    public string Certificate => In("upstream.crt");

    /// <summary>Postern's own authority, once it has one.</summary>
    public string Authority => In("home/ca.pem");

    /// <summary>A path inside.</summary>
    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Keeps a text and says where.</summary>
    public string Keep(string name, string text)
    {
        File.WriteAllText(In(name), text);
        return In(name);
    }

    /// <summary>A port of loopback that is free now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The pages: <c>k1</c> and <c>k100</c> are text, <c>big</c> is a sparse file.</summary>
    /// <param name="text">Ordinary text, at least 100 KiB.</param>
    public void MakePages(byte[] text)
    {
        Directory.CreateDirectory(In("www"));
        File.WriteAllBytes(In("www/k1.txt"), text[..1024]);
        File.WriteAllBytes(In("www/k100.txt"), text[..(100 * 1024)]);
        using var big = File.Create(In("www/big.bin"));
        big.SetLength(BigBytes);
    }

    /// <summary>A certificate for 127.0.0.1.</summary>
    public void MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=bench upstream", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Keep("upstream.crt", certificate.ExportCertificatePem());
        Keep("upstream.key", key.ExportPkcs8PrivateKeyPem());
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}

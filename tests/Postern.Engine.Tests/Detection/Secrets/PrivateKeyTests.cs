using System.Security.Cryptography;
using System.Text.Json;
using Postern.Engine.Flow;
using Postern.Engine.Tests.Views;

namespace Postern.Engine.Tests.Detection.Secrets;

/// <summary>A private key is found whatever was done to its lines; what merely speaks of keys is none.</summary>
public sealed class PrivateKeyTests
{
    public static readonly Dictionary<string, string> Keys = new()
    {
        ["RSA, PKCS #8"] = RSA.Create(2048).ExportPkcs8PrivateKeyPem(),
        ["RSA, PKCS #1"] = RSA.Create(2048).ExportRSAPrivateKeyPem(),
        ["RSA of 3072 bits"] = RSA.Create(3072).ExportRSAPrivateKeyPem(),
        ["P-256"] = ECDsa.Create(ECCurve.NamedCurves.nistP256).ExportPkcs8PrivateKeyPem(),
        ["P-384, SEC 1"] = ECDsa.Create(ECCurve.NamedCurves.nistP384).ExportECPrivateKeyPem(),
        ["P-521"] = ECDsa.Create(ECCurve.NamedCurves.nistP521).ExportPkcs8PrivateKeyPem(),
        ["with a password"] = RSA.Create(2048).ExportEncryptedPkcs8PrivateKeyPem("correct horse", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)),
        ["OpenSSH"] = Framed("OPENSSH", "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAAB" + Noise(300)),
        ["PGP"] = Framed("PGP", Noise(600), " BLOCK"),
    };

    public static readonly Dictionary<string, Func<string, string>> Dresses = new()
    {
        ["plain"] = static key => key,
        ["cat -n"] = static key => Lines(key, static (line, i) => $"{i + 1,6}\t{line}"),
        ["grep -n"] = static key => Lines(key, static (line, i) => $"{i + 1}:{line}"),
        ["mail"] = static key => Lines(key, static (line, _) => "> " + line),
        ["arrows"] = static key => Lines(key, static (line, i) => $"{i + 1,5}→{line}"),
        ["bars"] = static key => Lines(key, static (line, _) => "| " + line),
        ["comment"] = static key => Lines(key, static (line, _) => "# " + line),
        ["numbered comment in mail"] = static key => Lines(key, static (line, i) => $">> # {i:000}) {line}"),
        ["bat"] = static key => Lines(key, static (line, i) => $"{i + 1,4} │ {line}"),
        ["bullets"] = static key => Lines(key, static (line, _) => "* " + line),
        ["<br>"] = static key => key.ReplaceLineEndings("<br>"),
        ["<br /> and lines"] = static key => key.ReplaceLineEndings("<br />\n"),
        ["array"] = static key => JsonSerializer.Serialize(key.Split('\n')),
        ["header and body"] = static key => JsonSerializer.Serialize(new { h = key.Split('\n')[0], b = string.Join('\n', key.Split('\n')[1..^1]) }),
    };

    public static TheoryData<string, string> All => new(from key in Keys.Keys from dress in Dresses.Keys select new TheoryDataRow<string, string>(key, dress));

    [Theory]
    [MemberData(nameof(All))]
    public void Is_found_in_any_dress(string key, string dress)
    {
        var text = "the file:\n" + Dresses[dress](Keys[key].Trim());
        Assert.Contains(Scanned.Text(text).Rules, IsKey);
        Assert.Contains(Scanned.Text(JsonSerializer.Serialize(new { memo = text }), ContentKind.Json).Rules, IsKey);
    }

    [Theory]
    [InlineData("RSA, PKCS #8")]
    [InlineData("RSA, PKCS #1")]
    [InlineData("RSA of 3072 bits")]
    [InlineData("P-256")]
    [InlineData("P-384, SEC 1")]
    [InlineData("P-521")]
    [InlineData("with a password")]
    [InlineData("OpenSSH")]
    public void Is_found_without_its_first_and_last_line(string key)
    {
        var lines = Keys[key].Trim().Split('\n')[1..^1];
        Assert.Contains(Scanned.Text(string.Join('\n', lines)).Rules, IsKey);
        Assert.Contains(Scanned.Text(string.Concat(lines)).Rules, IsKey);
        Assert.Contains(Scanned.Text(string.Join('\n', lines.Select(static (line, i) => $"{i}:\t{line}"))).Rules, IsKey);
    }

    [Fact]
    public void Public_keys_certificates_and_words_about_keys_are_none()
    {
        using var rsa = RSA.Create(2048);
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var request = new System.Security.Cryptography.X509Certificates.CertificateRequest("CN=example", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
        foreach (var text in (string[])
        [
            rsa.ExportSubjectPublicKeyInfoPem(), rsa.ExportRSAPublicKeyPem(), ec.ExportSubjectPublicKeyInfoPem(), certificate.ExportCertificatePem(), request.CreateSigningRequestPem(),
            Lines(certificate.ExportCertificatePem(), static (line, i) => $"{i}:{line}"),
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI" + Noise(32),
            "12: if (text.StartsWith(\"-----BEGIN " + "PRIVATE KEY-----\")) { return PrivateKeyReader.ReadEverythingThatFollowsTheOpeningLine(text); }",
            "| -----BEGIN " + "RSA PRIVATE KEY----- | 2048 | the old format, with a line of its own for every kind of key |",
        ])
        {
            Assert.DoesNotContain(Scanned.Text(text).Rules, IsKey);
        }
    }

    internal static string Noise(int bytes) => Convert.ToBase64String(Coat.Noise(bytes, 7));

    private static bool IsKey(string rule) => rule is "secret.pem.private-key" or "secret.pem.bare-private-key";

    private static string Lines(string key, Func<string, int, string> write) => string.Join('\n', key.Split('\n').Select(write));

    private static string Framed(string kind, string body, string end = "") =>
        $"-----BEGIN {kind} PRIVATE KEY{end}-----\n{Coat.Wrap(body, 70, "\n")}\n-----END {kind} PRIVATE KEY{end}-----\n";
}

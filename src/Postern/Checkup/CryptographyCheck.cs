using Postern.Transports.Evidence;

namespace Postern.Program.Checkup;

/// <summary>Whether the system's library signs evidence.</summary>
internal static class CryptographyCheck
{
    private const string Name = "libcrypto";

    public static CheckResult Run() => OpenSslEd25519.TryCreate(out _)
        ? CheckResult.Ok(Name, "OpenSSL 3 signs evidence")
        : new CheckResult(Name, Health.Warn, "libcrypto.so.3 was not found", "Evidence is signed by managed code, which is slower. Install the package libssl3.");
}

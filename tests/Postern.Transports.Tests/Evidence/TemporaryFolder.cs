using Postern.Engine.Evidence.Signing;
using Postern.Engine.Evidence.Verification;
using Postern.Transports.Evidence;

namespace Postern.Transports.Tests.Evidence;

/// <summary>A directory that is gone after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("postern-evidence-").FullName;

    public string Path { get; }

    public string Evidence => System.IO.Path.Combine(Path, "evidence");

    public static EvidenceSigner Signer(byte seed = 1) => new(new ManagedEd25519(), [.. Enumerable.Repeat(seed, 32)]);

    /// <summary>The evidence files, first record first, of the chains in the order of their ids.</summary>
    public string[] Files() => [.. RecordFolder.ListFiles(Evidence)
        .Select(file => System.IO.Path.Combine(Evidence, file.Name))
        .OrderBy(path => path[..path.LastIndexOf('-')], StringComparer.Ordinal)
        .ThenBy(path => path.Length).ThenBy(path => path, StringComparer.Ordinal)];

    public string[] Lines() => [.. Files().SelectMany(File.ReadAllLines)];

    public VerificationReport Verify(string pinnedKey = "") =>
        EvidenceVerifier.Verify(RecordFolder.ListFiles(Evidence), new VerificationDemand(pinnedKey), new ManagedEd25519());

    public FileRecorder Open(byte seed = 1, RecorderOptions? options = null, EvidenceSigner? old = null) =>
        FileRecorder.Open(Evidence, Signer(seed), options ?? new RecorderOptions(), new ManualTime(), old);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

using System.Security.Cryptography;
using System.Text;
using Postern.Engine.Evidence.Signing;

namespace Postern.Transports.Evidence;

/// <summary>
/// The key that signs evidence, as it lies in Postern's home: <c>keys/evidence.key</c>, 32 bytes that only the owner can read, and
/// beside it <c>keys/evidence.pub</c>, the public key in hex and its short name, for whoever verifies.
/// </summary>
public static class SigningKey
{
    private const string Folder = "keys";
    private const string SecretName = "evidence.key";
    private const string PublicName = "evidence.pub";
    private const UnixFileMode OthersMay = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Where the key lies under <paramref name="home"/>.</summary>
    public static string PathIn(string home) => Path.Combine(home, Folder, SecretName);

    /// <summary>Loads the key of <paramref name="home"/>, creating it the first time. The caller disposes the signer.</summary>
    /// <exception cref="EvidenceUnsoundException">Others may read or write it, or it is not a key.</exception>
    public static EvidenceSigner LoadOrCreate(string home, IEd25519 algorithm)
    {
        var path = PathIn(home);
        if (!File.Exists(path))
        {
            Create(path);
        }

        var signer = Load(path, algorithm);
        PublishBeside(path, signer);
        return signer;
    }

    /// <summary>Loads a key from anywhere, for example an old one that is to endorse its successor.</summary>
    /// <exception cref="EvidenceUnsoundException">Others may read or write it, or it is not a key.</exception>
    public static EvidenceSigner Load(string path, IEd25519 algorithm)
    {
        using var handle = File.OpenHandle(path);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(handle) & OthersMay) != 0)
        {
            throw new EvidenceUnsoundException($"others than the owner may use the key in {path}; run 'chmod 600 {path}', or replace the key if it was read");
        }

        Span<byte> seed = stackalloc byte[IEd25519.SeedBytes];
        try
        {
            if (RandomAccess.GetLength(handle) != seed.Length || RandomAccess.Read(handle, seed, 0) != seed.Length)
            {
                throw new EvidenceUnsoundException($"the key in {path} is not {IEd25519.SeedBytes} bytes long");
            }

            return new EvidenceSigner(algorithm, seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Equal secrets have equal fingerprints as long as the evidence key is the same, and nobody else can compute them.</summary>
    public static byte[] FingerprintKey(EvidenceSigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        Span<byte> signature = stackalloc byte[IEd25519.SignatureBytes];
        signer.Sign("postern fingerprint key, version 1"u8, signature);
        return SHA256.HashData(signature);
    }

    // Written beside its place and moved there without overwriting: a crash leaves no half key, and of two starts one wins.
    private static void Create(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        CreateFolder(folder);
        var draft = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        Span<byte> seed = stackalloc byte[IEd25519.SeedBytes];
        RandomNumberGenerator.Fill(seed);
        try
        {
            using (var file = new FileStream(draft, Private(FileMode.CreateNew)))
            {
                file.Write(seed);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: false);
            FolderFlush.Run(folder);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another start was faster; its key is the key.
            File.Delete(draft);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    private static void PublishBeside(string path, EvidenceSigner signer)
    {
        var expected = Encoding.ASCII.GetBytes($"{Convert.ToHexStringLower(signer.PublicKey)} {signer.KeyId}\n");
        var beside = Path.Combine(Path.GetDirectoryName(path)!, PublicName);
        if (!File.Exists(beside))
        {
            using var file = new FileStream(beside, Private(FileMode.OpenOrCreate));
            file.Write(expected);
        }
        else if (!File.ReadAllBytes(beside).AsSpan().SequenceEqual(expected))
        {
            throw new EvidenceUnsoundException($"the public key in {beside} does not belong to {path}: one of the two was replaced; remove {beside} if that was you");
        }
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static FileStreamOptions Private(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}

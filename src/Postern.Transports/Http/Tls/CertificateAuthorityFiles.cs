using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Postern.Transports.Http.Tls;

/// <summary>The two PEM files of an authority: read with checks, placed whole.</summary>
internal static class CertificateAuthorityFiles
{
    // A P-256 key is 240 bytes of PEM, a certificate about 700; a chain file may hold a few.
    private const int MaxFileBytes = 64 * 1024;

    // Ten seconds; whoever holds the lock needs a few milliseconds.
    private const int LockPollMs = 20;
    private const int MaxLockAttempts = 500;

    private const UnixFileMode KeyMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode CertificateMode = KeyMode | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    // 0640 is allowed: a service group may read the key. Everything wider exposes it.
    private const UnixFileMode Exposed = UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Makes the home directory, readable by its owner only; an existing one is left as it is.</summary>
    public static void CreateDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, KeyMode | UnixFileMode.UserExecute);
        }
    }

    /// <summary>
    /// Keeps every other process out of the directory's authority until disposed. The system drops the lock of a process that dies; the
    /// empty lock file stays, because removing it would let two processes lock two files of one name.
    /// </summary>
    public static FileStream Lock(string directory)
    {
        var path = Path.Combine(directory, "ca.lock");
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < MaxLockAttempts)
            {
                Thread.Sleep(LockPollMs);
            }
            catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
            {
                throw new CertificateAuthorityException($"{path} cannot be locked: {failed.Message}", failed);
            }
        }
    }

    /// <summary>Reads the first certificate of a PEM file.</summary>
    public static X509Certificate2 ReadCertificate(string path)
    {
        var pem = ReadPem(path, secret: false);
        try
        {
            return X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException malformed)
        {
            throw new CertificateAuthorityException($"{path} holds no readable PEM certificate.", malformed);
        }
    }

    /// <summary>Reads an unencrypted private key after checking who else may touch the file.</summary>
    public static ECDsa ReadKey(string path)
    {
        var pem = ReadPem(path, secret: true);
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception malformed) when (malformed is CryptographicException or ArgumentException)
        {
            // The platform's message could quote the input, so it is not passed on.
            key.Dispose();
            throw new CertificateAuthorityException($"{path} holds no readable unencrypted PEM elliptic-curve key.");
        }
        finally
        {
            Array.Clear(pem);
        }
    }

    /// <summary>Writes a key with mode 0600, under the lock of its directory.</summary>
    public static void PlaceKey(string path, ECDsa key)
    {
        var der = key.ExportPkcs8PrivateKey();
        var pem = PemEncoding.Write("PRIVATE KEY", der);
        CryptographicOperations.ZeroMemory(der);
        Place(path, pem, KeyMode);
        Array.Clear(pem);
    }

    /// <summary>Writes a certificate with mode 0644, under the lock of its directory.</summary>
    public static void PlaceCertificate(string path, X509Certificate2 certificate) =>
        Place(path, PemEncoding.Write("CERTIFICATE", certificate.RawData), CertificateMode);

    private static char[] ReadPem(string path, bool secret)
    {
        try
        {
            using var handle = File.OpenHandle(path);
            if (secret)
            {
                RequirePrivate(handle, path);
            }

            var length = RandomAccess.GetLength(handle);
            if (length > MaxFileBytes)
            {
                throw new CertificateAuthorityException($"{path} is larger than {MaxFileBytes} bytes: not a PEM file of an authority.");
            }

            var bytes = new byte[length];
            var read = RandomAccess.Read(handle, bytes, 0);
            var text = Encoding.Latin1.GetChars(bytes, 0, read);
            CryptographicOperations.ZeroMemory(bytes);
            return text;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new CertificateAuthorityException($"{path} cannot be read: {unreadable.Message}", unreadable);
        }
    }

    // Asked of the open handle, so that the file that was checked is the file that is read.
    private static void RequirePrivate(SafeFileHandle handle, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var mode = File.GetUnixFileMode(handle);
        if ((mode & Exposed) != 0)
        {
            var octal = Convert.ToString((int)mode, 8);
            throw new CertificateAuthorityException($"{path} has mode {octal}: the key of the authority must not be writable by its group or open to others. Run: chmod 600 {path}");
        }
    }

    // A file appears under its name only when complete: written aside, flushed, then renamed. The caller holds the lock of the directory.
    private static void Place(string path, char[] pem, UnixFileMode mode)
    {
        var aside = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.tmp";
        var bytes = Encoding.Latin1.GetBytes(pem);
        try
        {
            WriteAside(aside, bytes, mode);
            File.Move(aside, path, overwrite: false);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new CertificateAuthorityException($"{path} cannot be created: {failed.Message}", failed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            File.Delete(aside);
        }
    }

    private static void WriteAside(string path, byte[] bytes, UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = KeyMode;
        }

        using var file = new FileStream(path, options);
        file.Write(bytes);
        file.Write("\n"u8);
        file.Flush(flushToDisk: true);
        if (!OperatingSystem.IsWindows())
        {
            // Set again: the umask may have taken bits away.
            File.SetUnixFileMode(file.SafeFileHandle, mode);
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using Postern.Engine.Detection.Tools.Definitions;

namespace Postern.Program.Pins;

/// <summary>
/// Pins in the home: one file per server, written whole beside the old one and then put in its place, under one lock for all processes
/// that share the home.
/// </summary>
internal sealed class PinFiles(string directory) : IPinStore
{
    private const string Extension = ".json";
    private const int MaxFileBytes = 64 * 1024 * 1024;
    private const int MaxServers = 1000;

    /// <summary>Held for the time of one small write; longer means that something is wrong.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();

    /// <inheritdoc/>
    public ServerPins Load(string server) => File.Exists(PathOf(server)) ? Read(PathOf(server)) : new ServerPins(server, []);

    /// <inheritdoc/>
    public IReadOnlyList<ServerPins> LoadAll() =>
        Directory.Exists(directory) ? [.. Directory.EnumerateFiles(directory, "*" + Extension).Order(StringComparer.Ordinal).Select(Read)] : [];

    /// <inheritdoc/>
    public void Update(string server, Func<ServerPins, ServerPins> change)
    {
        lock (_lock)
        {
            MakeDirectory();
            using var alone = Lock();
            var before = Load(server);
            var after = change(before);
            if (ReferenceEquals(before, after))
            {
                return;
            }

            var path = PathOf(server);
            if (after.Pins.Count == 0)
            {
                File.Delete(path);
                return;
            }

            if (!File.Exists(path) && Directory.EnumerateFiles(directory, "*" + Extension).Count() >= MaxServers)
            {
                throw new InvalidDataException($"{directory} holds the pins of {MaxServers} servers already; remove those that are gone with 'postern mcp pins revoke'");
            }

            WholeFile.Write(path, PinText.Write(after));
        }
    }

    private static ServerPins Read(string path) => new FileInfo(path).Length <= MaxFileBytes
        ? PinText.Read(File.ReadAllBytes(path), path)
        : throw new InvalidDataException($"{path} is longer than {MaxFileBytes} bytes");

    private void MakeDirectory()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private FileStream Lock()
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(start) < s_patience)
            {
                Thread.Sleep(10);
            }
        }
    }

    /// <summary>A name that people recognise, and a hash that tells apart what it cannot spell.</summary>
    private string PathOf(string server)
    {
        const int MaxName = 60;
        var name = string.Concat(server.Take(MaxName).Select(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-')).TrimStart('.');
        return Path.Combine(directory, $"{name}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(server))[..8])}{Extension}");
    }
}

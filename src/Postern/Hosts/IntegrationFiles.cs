using System.Security.Cryptography;
using System.Text;

namespace Postern.Program.Hosts;

/// <summary>Keeps what was done to hosts' files in Postern's home, readable by its owner only: the originals may hold keys.</summary>
internal sealed class IntegrationFiles(Home home)
{
    private readonly string _directory = Path.Combine(home.Path, "integrations");

    /// <summary>What was done to a file; null when nothing was.</summary>
    /// <exception cref="FormatException">The record cannot be read.</exception>
    public Integration? Find(string path) => WholeFile.Read(PathOf(path)) is { } json ? Integration.Read(json) : null;

    /// <summary>Remembers.</summary>
    public void Save(Integration integration)
    {
        home.Create();
        Directory.CreateDirectory(_directory);
        WholeFile.Write(PathOf(integration.Path), integration.Write());
    }

    /// <summary>Forgets.</summary>
    public void Forget(string path)
    {
        if (File.Exists(PathOf(path)))
        {
            File.Delete(PathOf(path));
        }
    }

    private string PathOf(string path) => Path.Combine(_directory, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path))[..8]) + ".json");
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Evidence.Signing;
using Postern.Program.Commands;
using Postern.Transports.Evidence;

namespace Postern.Program.Pins;

/// <summary>Compares the files that a wrapped server is started from with a manifest. What an interpreter loads later is not among them.</summary>
internal static class ServerIntegrity
{
    private const int MaxManifestBytes = 4 * 1024 * 1024;

    /// <summary>What is wrong, for people; null when every file is the one in the manifest.</summary>
    public static string? FaultOf(string[] command, McpBinaryIntegritySection section)
    {
        try
        {
            var entries = Manifest(section);
            foreach (var file in ServerFiles.Of(command))
            {
                if (!entries.TryGetValue(file, out var expected))
                {
                    return $"{Terminal.Plain(file)} is not in the manifest {section.ManifestPath}";
                }

                using var stream = File.OpenRead(file);
                if (Convert.ToHexStringLower(SHA256.HashData(stream)) != expected)
                {
                    return $"{Terminal.Plain(file)} is not the file that the manifest {section.ManifestPath} describes";
                }
            }

            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return $"the files of the server cannot be compared with {section.ManifestPath}: {Terminal.Plain(e.Message)}";
        }
    }

    private static Dictionary<string, string> Manifest(McpBinaryIntegritySection section)
    {
        if (section.ManifestPath.Length == 0)
        {
            throw new InvalidDataException("mcp_binary_integrity.manifest_path is not set");
        }

        if (new FileInfo(section.ManifestPath).Length > MaxManifestBytes)
        {
            throw new InvalidDataException("the manifest is too long");
        }

        var bytes = File.ReadAllBytes(section.ManifestPath);
        if (section.PublicKey.Length > 0)
        {
            var key = Convert.FromHexString(PublicKeyText.Read(section.PublicKey));
            var signature = Convert.FromHexString(File.ReadAllText(section.ManifestPath + ".sig").Trim());
            if (!OpenSslEd25519.OrManaged().Verify(key, bytes, signature))
            {
                throw new InvalidDataException("the signature does not belong to the manifest");
            }
        }

        using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
        return document.RootElement.GetProperty("version").GetInt32() == 1
            ? document.RootElement.GetProperty("entries").EnumerateObject().ToDictionary(static entry => entry.Name, static entry => entry.Value.GetString()!.ToLowerInvariant(), StringComparer.Ordinal)
            : throw new InvalidDataException("the manifest is of another version");
    }
}

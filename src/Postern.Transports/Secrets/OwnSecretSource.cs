using System.Collections;
using System.Security.Cryptography;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection.Known;

namespace Postern.Transports.Secrets;

/// <summary>Reads the operator's own secrets: the environment of this process, and the secrets file.</summary>
public static class OwnSecretSource
{
    private const int KeyBytes = 32;

    private const int MaxFileBytes = 4 * 1024 * 1024;

    /// <summary>The key lives as long as the process: nothing that is kept of a secret means anything afterwards.</summary>
    private static readonly byte[] s_key = RandomNumberGenerator.GetBytes(KeyBytes);

    /// <summary>What <paramref name="section"/> asks for.</summary>
    /// <exception cref="InvalidDataException">The file cannot be read, or others can read it.</exception>
    public static OwnSecrets Read(DlpSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var ofFile = section.SecretsFile.Length == 0 ? [] : ReadFile(section);
        var ofEnvironment = section.ScanEnv ? OwnSecrets.OfEnvironment(Variables(), section.MinEnvSecretLength) : [];
        return new OwnSecrets(s_key, [.. ofEnvironment, .. ofFile.ExceptBy(ofEnvironment.Select(static own => own.Value), static own => own.Value)]);
    }

    private static IEnumerable<KeyValuePair<string, string>> Variables()
    {
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            yield return KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? string.Empty);
        }
    }

    private static IReadOnlyList<OwnSecret> ReadFile(DlpSection section)
    {
        try
        {
            return OwnSecrets.OfFile(PrivateFile.Read(section.SecretsFile, MaxFileBytes, "dlp.secrets_file"), section.MinEnvSecretLength);
        }
        catch (FormatException e)
        {
            throw new InvalidDataException($"dlp.secrets_file: {section.SecretsFile}: {e.Message}");
        }
    }
}

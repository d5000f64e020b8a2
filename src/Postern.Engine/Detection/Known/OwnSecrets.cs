using System.Security.Cryptography;
using System.Text;
using Postern.Engine.Configuration;

namespace Postern.Engine.Detection.Known;

/// <summary>
/// The operator's own secrets on their way from the program, which may read environment and files, to the policy compiler, which keeps
/// keyed fingerprints and nothing else. Let it go out of sight once the policy is compiled.
/// </summary>
/// <param name="Key">The key of the fingerprints: at least 16 random bytes, never stored.</param>
/// <param name="Values">The values.</param>
public sealed record OwnSecrets(ReadOnlyMemory<byte> Key, IReadOnlyList<OwnSecret> Values)
{
    /// <summary>Lines of a secrets file; those after it are an error.</summary>
    public const int MaxFileEntries = 1000;

    /// <summary>The longest value, in bytes of UTF-8.</summary>
    public const int MaxValueBytes = 4096;

    /// <summary>The shortest value that is told from chance.</summary>
    public const int MinValueBytes = 8;

    /// <summary>No secrets; canaries stand in the configuration in clear, so the key protects nothing there.</summary>
    public static OwnSecrets None { get; } = new(SHA256.HashData("postern, known values without a key"u8), []);

    /// <summary>The secrets among the variables of an environment; see <see cref="EnvironmentSelection"/>.</summary>
    /// <param name="variables">Names and values.</param>
    /// <param name="minLength">The shortest value that counts, in bytes.</param>
    public static IReadOnlyList<OwnSecret> OfEnvironment(IEnumerable<KeyValuePair<string, string>> variables, int minLength)
    {
        ArgumentNullException.ThrowIfNull(variables);
        return [.. variables.SelectMany(variable => EnvironmentSelection.Of(variable.Key, variable.Value, minLength)).DistinctBy(static own => own.Value)];
    }

    /// <summary>The lines of a secrets file: comments (<c>#</c> at the beginning), empty lines and lines that are too short left out.</summary>
    /// <param name="text">The file.</param>
    /// <param name="minLength">The shortest line that counts, in bytes.</param>
    /// <exception cref="FormatException">There are too many lines, one is too long, or one holds a NUL; the message names no content.</exception>
    public static IReadOnlyList<OwnSecret> OfFile(string text, int minLength)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new List<OwnSecret>();
        var number = 0;
        foreach (var line in text.TrimStart('\uFEFF').Split('\n').Select(static line => line.Trim()))
        {
            number++;
            if (line.Contains('\0') || Encoding.UTF8.GetByteCount(line) > MaxValueBytes)
            {
                throw new FormatException($"line {number} is no secret: it has a NUL or more than {MaxValueBytes} bytes");
            }

            if (line.StartsWith('#') || Encoding.UTF8.GetByteCount(line) < Math.Max(minLength, MinValueBytes))
            {
                continue;
            }

            found.Add(new OwnSecret(string.Empty, new SecretText(line)));
        }

        return found.Count <= MaxFileEntries ? found : throw new FormatException($"it has more than {MaxFileEntries} secrets");
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Postern.Engine.Evidence.Signing;

namespace Postern.Engine.Evidence.Verification;

/// <summary>
/// A checkpoint as transparency tools exchange it: a C2SP signed note (c2sp.org/signed-note, c2sp.org/tlog-checkpoint), whose text is
/// exactly what the chain's own checkpoint signs. The signature line names the origin's first part as the key's name.
/// </summary>
public static class SignedNote
{
    private const byte Ed25519Type = 1;
    private const int HashBytes = 4;
    private const string Dash = "\u2014 ";

    /// <summary>The key's name in signature lines.</summary>
    public const string KeyName = "postern.evidence";

    /// <summary>The note.</summary>
    public static string Write(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        byte[] signature = [.. KeyHash(Convert.FromHexString(checkpoint.Key)), .. Convert.FromHexString(checkpoint.Signature)];
        return $"{Encoding.UTF8.GetString(checkpoint.SignedText())}\n{Dash}{KeyName} {Convert.ToBase64String(signature)}\n";
    }

    /// <summary>The verifier key as other tools take it: name, hash and key.</summary>
    /// <param name="publicKey">Lower-case hex.</param>
    public static string VerifierKey(string publicKey)
    {
        var key = Convert.FromHexString(publicKey);
        return $"{KeyName}+{Convert.ToHexStringLower(KeyHash(key))}+{Convert.ToBase64String([Ed25519Type, .. key])}";
    }

    /// <summary>Reads a note of Postern's and checks its signature.</summary>
    /// <param name="note">The text.</param>
    /// <param name="algorithm">Checks it.</param>
    /// <param name="publicKey">Whose signature is wanted, lower-case hex.</param>
    /// <returns>Null when it is no such note, or nobody with this key signed it.</returns>
    public static Checkpoint? Read(string note, IEd25519 algorithm, string publicKey)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(algorithm);
        var lines = note.Split('\n');
        var isNote = lines.Length >= 8 && lines[5].Length == 0 && lines[3].StartsWith("time ", StringComparison.Ordinal)
            && lines[4] is "state open" or "state closed"
            && long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out _);
        var key = Convert.FromHexString(publicKey);
        if (!isNote || RootOf(lines[2]) is not { } root || !lines[6..].Any(line => SignatureOf(line, key) is not null))
        {
            return null;
        }

        var checkpoint = new Checkpoint
        {
            Origin = lines[0],
            Size = long.Parse(lines[1], CultureInfo.InvariantCulture),
            Root = Convert.ToHexStringLower(root),
            Time = lines[3]["time ".Length..],
            Closing = lines[4] == "state closed",
            Key = publicKey,
            Signature = Convert.ToHexStringLower(lines[6..].Select(line => SignatureOf(line, key)).First(static signature => signature is not null)!),
        };
        return checkpoint.IsSignedBy(algorithm) ? checkpoint : null;
    }

    private static byte[]? RootOf(string text) => Bytes(text) is { Length: MerkleTree.HashBytes } root ? root : null;

    private static byte[]? SignatureOf(string line, byte[] key)
    {
        var words = line.StartsWith(Dash, StringComparison.Ordinal) ? line[Dash.Length..].Split(' ') : [];
        return words is [KeyName, var text] && Bytes(text) is { Length: HashBytes + IEd25519.SignatureBytes } bytes && bytes.AsSpan(0, HashBytes).SequenceEqual(KeyHash(key))
            ? bytes[HashBytes..]
            : null;
    }

    private static byte[]? Bytes(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : null;
    }

    private static byte[] KeyHash(byte[] key) => SHA256.HashData([.. Encoding.UTF8.GetBytes(KeyName), (byte)'\n', Ed25519Type, .. key])[..HashBytes];
}

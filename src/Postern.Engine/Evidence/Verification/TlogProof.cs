using System.Globalization;
using System.Text;
using Postern.Engine.Evidence.Signing;

namespace Postern.Engine.Evidence.Verification;

/// <summary>A <see cref="RecordProof"/> as a file that stands alone: C2SP tlog-proof, whose extra data is the record's line.</summary>
public static class TlogProof
{
    private const string Magic = "c2sp.org/tlog-proof@v1";
    private const int MaxHashes = 63;

    /// <summary>The file's text.</summary>
    public static string Write(RecordProof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        var text = new StringBuilder(Magic).Append('\n')
            .Append("extra ").Append(Convert.ToBase64String(proof.Line.Span)).Append('\n')
            .Append(CultureInfo.InvariantCulture, $"index {proof.Inclusion.Index}\n");
        for (var path = proof.Inclusion.Path.Span; !path.IsEmpty; path = path[MerkleTree.HashBytes..])
        {
            text.Append(Convert.ToBase64String(path[..MerkleTree.HashBytes])).Append('\n');
        }

        return text.Append('\n').Append(SignedNote.Write(proof.Checkpoint)).ToString();
    }

    /// <summary>Reads a file and verifies all of it: the record stands under a root that <paramref name="publicKey"/> signed.</summary>
    /// <param name="text">The file.</param>
    /// <param name="algorithm">Checks the signature.</param>
    /// <param name="publicKey">Lower-case hex.</param>
    /// <returns>Null when anything does not hold.</returns>
    public static RecordProof? Read(string text, IEd25519 algorithm, string publicKey)
    {
        ArgumentNullException.ThrowIfNull(text);
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var lines = end < 0 ? [] : text[..end].Split('\n');
        if (lines is not [Magic, var extra, var index, .. var hashes] || hashes.Length > MaxHashes
            || !extra.StartsWith("extra ", StringComparison.Ordinal) || !index.StartsWith("index ", StringComparison.Ordinal)
            || !long.TryParse(index["index ".Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var place)
            || SignedNote.Read(text[(end + 2)..], algorithm, publicKey) is not { } checkpoint)
        {
            return null;
        }

        try
        {
            byte[] path = [.. hashes.SelectMany(Convert.FromBase64String)];
            var proof = new RecordProof(Convert.FromBase64String(extra["extra ".Length..]), new InclusionProof(place, checkpoint.Size, path), checkpoint);
            return proof.Verify(publicKey, algorithm) ? proof : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using Postern.Engine.Evidence.Signing;

namespace Postern.Engine.Detection.Rules.Bundles;

/// <summary>Packs rule files into a bundle, and signs it.</summary>
public static class BundleWriter
{
    /// <summary>The bundle as bytes. It is not tried: whoever packs reads it back with <see cref="BundleReader"/>.</summary>
    /// <param name="head">Name and versions; the publisher is whose key <paramref name="signer"/> holds.</param>
    /// <param name="files">The rule files, in the order in which they are kept.</param>
    /// <param name="signer">Signs; stays the caller's.</param>
    public static byte[] Write(BundleHead head, IReadOnlyList<BundleFile> files, EvidenceSigner signer)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(signer);
        var lines = new StringBuilder()
            .Append(BundleFormat.Magic).Append('\n')
            .Append("name ").Append(head.Name).Append('\n')
            .Append("version ").Append(head.Version).Append('\n')
            .Append("minimum-engine ").Append(head.MinimumEngine).Append('\n')
            .Append("publisher ").Append(Convert.ToHexStringLower(signer.PublicKey)).Append('\n');
        foreach (var file in files)
        {
            lines.Append("file ").Append(file.Name).Append(' ').Append(file.Bytes.Length).Append(' ')
                .Append(Convert.ToHexStringLower(SHA256.HashData(file.Bytes.Span))).Append('\n');
        }

        var signed = Encoding.ASCII.GetBytes(lines.ToString());
        Span<byte> signature = stackalloc byte[IEd25519.SignatureBytes];
        signer.Sign(signed, signature);
        return
        [
            .. signed,
            .. Encoding.ASCII.GetBytes(BundleFormat.Signature + Convert.ToHexStringLower(signature) + "\n\n"),
            .. files.SelectMany(static file => file.Bytes.ToArray()),
        ];
    }
}

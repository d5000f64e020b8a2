using System.Security.Cryptography;
using System.Text;

namespace Postern.Engine.Inspection;

/// <summary>Keys the fingerprints of findings. With a length of periods each period has a key of its own, which whoever has the root can make again.</summary>
/// <param name="root">32 bytes.</param>
/// <param name="days">How long a key is used, counted from 1970-01-01 UTC; 0 for ever.</param>
internal sealed class FingerprintKeys(ReadOnlyMemory<byte> root, int days)
{
    /// <summary>The period that it is; always 0 when keys do not change.</summary>
    public long Period(TimeProvider time) => days == 0 ? 0 : time.GetUtcNow().ToUnixTimeSeconds() / (days * 86_400L);

    /// <summary>The key of a period.</summary>
    public ReadOnlyMemory<byte> Of(long period) => days == 0 ? root
        : HMACSHA256.HashData(root.Span, Encoding.ASCII.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"postern fingerprints, {days} days, period {period}")));
}

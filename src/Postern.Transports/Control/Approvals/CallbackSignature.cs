using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Postern.Engine.Configuration;

namespace Postern.Transports.Control.Approvals;

/// <summary>
/// Signs what goes to the webhook and checks what comes back: HMAC-SHA256 over the time in seconds, a dot, the question's number, a dot
/// and the body. Number and time are signed, so that no answer serves for another question, or much later.
/// </summary>
/// <param name="secret">Both sides know it.</param>
/// <param name="time">The clock.</param>
public sealed class CallbackSignature(SecretText secret, TimeProvider time)
{
    /// <summary>The header that holds a signature: <c>t=SECONDS,v1=HEX</c>.</summary>
    public const string Header = "X-Postern-Signature";

    /// <summary>How far the other clock may be off.</summary>
    private const int MaxSecondsOff = 300;

    /// <summary>The header's value for a body.</summary>
    public string Of(long id, ReadOnlySpan<byte> body)
    {
        var seconds = time.GetUtcNow().ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={Convert.ToHexStringLower(Hash(seconds, id, body))}");
    }

    /// <summary>True only for a value that somebody made who knows the secret, for this question and body, just now.</summary>
    public bool IsRight(string value, long id, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(value);
        var comma = value.IndexOf(",v1=", StringComparison.Ordinal);
        if (comma < 0 || !value.StartsWith("t=", StringComparison.Ordinal)
            || !long.TryParse(value.AsSpan(2, comma - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return false;
        }

        var said = new byte[HMACSHA256.HashSizeInBytes];
        var isHex = Convert.FromHexString(value.AsSpan(comma + 4), said, out var charsRead, out var written) == System.Buffers.OperationStatus.Done
            && charsRead == value.Length - comma - 4 && written == said.Length;
        return isHex
            && CryptographicOperations.FixedTimeEquals(said, Hash(seconds, id, body))
            && Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - seconds) <= MaxSecondsOff;
    }

    private byte[] Hash(long seconds, long id, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.ASCII.GetBytes(secret.Reveal()));
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.{id}.")));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}

using System.Buffers;
using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Postern.Transports.Http.Tls;

/// <summary>The subject alternative name of a leaf: one DNS name or one IP address (RFC 5280 §4.2.1.6).</summary>
internal static class SubjectName
{
    private const int MaxNameLength = 253;
    private static readonly Asn1Tag s_dnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag s_ipAddress = new(TagClass.ContextSpecific, 7);

    // The underscore is no host name character by RFC 1123, but such names are resolved and used.
    private static readonly SearchValues<char> s_nameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._");

    /// <summary>The extension for a canonical host.</summary>
    /// <exception cref="ArgumentException">The host is neither a canonical name nor an IP address.</exception>
    public static X509Extension For(string host)
    {
        // Written here because the framework's builder passes names through an IDN mapping, which may change or refuse them.
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            if (IPAddress.TryParse(host, out var address))
            {
                writer.WriteOctetString(address.GetAddressBytes(), s_ipAddress);
            }
            else
            {
                Require(host);
                writer.WriteCharacterString(UniversalTagNumber.IA5String, host, s_dnsName);
            }
        }

        return new X509SubjectAlternativeNameExtension(writer.Encode());
    }

    private static void Require(string host)
    {
        var canonical = host.Length is > 0 and <= MaxNameLength
            && !host.AsSpan().ContainsAnyExcept(s_nameCharacters)
            && host[0] != '.' && host[^1] != '.' && !host.Contains("..", StringComparison.Ordinal);
        if (!canonical)
        {
            throw new ArgumentException("Not a canonical host name.", nameof(host));
        }
    }
}

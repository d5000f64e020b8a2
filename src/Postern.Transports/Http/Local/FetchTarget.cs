using System.Text;

namespace Postern.Transports.Http.Local;

/// <summary>What a <c>/fetch</c> or <c>/ws</c> request asks for, read from its query.</summary>
/// <param name="Url">The URL: UTF-8, percent-encoded where it must be, not yet judged.</param>
/// <param name="Agent">The name the agent gives itself; only echoed. Empty when it gave none.</param>
internal sealed record FetchTarget(byte[] Url, string Agent)
{
    private const int MaxAgentChars = 64;

    /// <summary>Reads a query; null when there is no URL in it or it holds control characters.</summary>
    /// <remarks>
    /// Agents forget to encode the URL they pass. A parameter that is not ours then belongs to their URL, and so does everything after
    /// <c>url=</c>: cutting it off would hide it from inspection and fetch something else.
    /// </remarks>
    /// <param name="query">The raw query, with or without its question mark.</param>
    public static FetchTarget? Read(string query)
    {
        query = query.StartsWith('?') ? query[1..] : query;
        var (url, agent, isForeign, at) = (default(string), string.Empty, false, 0);
        var rest = string.Empty;
        foreach (var pair in query.Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? pair : pair[..equals];
            if (name == "url" && equals >= 0 && url is null)
            {
                (url, rest) = (pair[(equals + 1)..], query[(at + equals + 1)..]);
            }
            else if (name == "agent" && equals >= 0 && agent.Length == 0)
            {
                agent = pair[(equals + 1)..];
            }
            else
            {
                isForeign |= pair.Length > 0;
            }

            at += pair.Length + 1;
        }

        var target = isForeign ? rest : url;
        return string.IsNullOrEmpty(target) || Encode(IsPlain(target) && isForeign ? Bytes(target) : Decode(target)) is not { } bytes
            ? null
            : new FetchTarget(bytes, Sanitize(agent));
    }

    /// <summary>True for a URL that was passed as it is, not percent-encoded as a parameter.</summary>
    private static bool IsPlain(string target) => target.IndexOf("://", StringComparison.Ordinal) is >= 2 and <= 5;

    /// <summary>The server hands over what stood in the request line in Latin-1: one character is one byte.</summary>
    private static byte[] Bytes(string latin1) => Encoding.Latin1.GetBytes(latin1);

    private static byte[] Decode(string latin1)
    {
        var bytes = Bytes(latin1);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var isEscape = bytes[i] == '%' && i + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]);
            bytes[length++] = isEscape ? Convert.FromHexString(latin1.AsSpan(i + 1, 2))[0] : bytes[i];
            i += isEscape ? 2 : 0;
        }

        return bytes[..length];
    }

    /// <summary>Percent-encodes spaces and non-ASCII after the authority, as browsers do; null when there are control characters.</summary>
    private static byte[]? Encode(byte[] url)
    {
        if (url.AsSpan().ContainsAnyInRange((byte)0, (byte)0x1F) || url.AsSpan().Contains((byte)0x7F))
        {
            return null;
        }

        var scheme = url.AsSpan().IndexOf("://"u8);
        var path = scheme < 0 ? -1 : url.AsSpan(scheme + 3).IndexOfAny("/?#"u8);
        var from = path < 0 ? url.Length : scheme + 3 + path;
        var encoded = new List<byte>(url.Length + 16);
        encoded.AddRange(url.AsSpan(0, from));
        foreach (var b in url.AsSpan(from))
        {
            if (b is > 0x20 and < 0x7F)
            {
                encoded.Add(b);
            }
            else
            {
                encoded.AddRange(Encoding.ASCII.GetBytes("%" + b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));
            }
        }

        return [.. encoded];
    }

    private static string Sanitize(string agent) =>
        new([.. agent.Where(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-').Take(MaxAgentChars)]);
}

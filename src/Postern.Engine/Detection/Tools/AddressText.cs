using System.Buffers;
using System.Text;
using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Detection.Tools;

/// <summary>The host in a word that is, or holds, an address: <c>scheme://user@host:port/path</c>, or a host alone.</summary>
internal static class AddressText
{
    /// <summary>Longer words name no host.</summary>
    private const int MaxLength = 2048;

    private static readonly SearchValues<char> s_scheme = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+-");

    /// <summary>The host as it was written, brackets included; empty when the word is too long for one.</summary>
    public static string HostIn(string word)
    {
        if (word.Length > MaxLength)
        {
            return "";
        }

        var text = word.AsSpan().Trim();
        while (text.IndexOf(':') is > 0 and var colon && !IsPort(text[(colon + 1)..]) && !text[..colon].ContainsAnyExcept(s_scheme))
        {
            text = text[(colon + 1)..].TrimStart('/');
        }

        var end = text.IndexOfAny("/?#\\");
        text = end < 0 ? text : text[..end];
        text = text[(text.LastIndexOf('@') + 1)..];
        var port = text.LastIndexOf(':');
        return (port > text.LastIndexOf(']') ? text[..port] : text).ToString();
    }

    private static bool IsPort(ReadOnlySpan<char> text)
    {
        const int MaxDigits = 5;
        var digits = text.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length;
        return digits is > 0 and <= MaxDigits && (digits == text.Length || text[digits] is '/' or '?' or '#');
    }

    /// <summary>The metadata service that the word names by number, however it is spelled; empty when it names none.</summary>
    public static string MetadataIn(string word) =>
        word.AsSpan().ContainsAnyInRange('0', '9')
        && CanonicalHost.TryParse(Encoding.UTF8.GetBytes(HostIn(word)), out var host, out _)
        && host.IsLiteral && SpecialAddresses.Classify(host.Address) == AddressClass.Metadata
            ? host.ToString() : "";
}

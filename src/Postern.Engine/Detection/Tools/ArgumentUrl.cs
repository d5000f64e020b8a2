using System.Globalization;
using System.Text;
using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Detection.Tools;

/// <summary>
/// An argument that is a URL as a whole: where the tool will go. Addresses in a text that is written or sent are words, and addresses
/// in a command line are the command rules' to judge.
/// </summary>
internal static class ArgumentUrl
{
    /// <summary>Numbers below are ids of a resource, not addresses: as addresses they lie in 0.0.0.0/8.</summary>
    private const uint SmallestAddress = 1 << 24;

    private static readonly string[] s_schemes = ["https:", "http:", "wss:", "ws:", "ftp:"];

    private static readonly HashSet<string> s_names = new(StringComparer.OrdinalIgnoreCase) { "url", "uri", "href", "link" };

    /// <summary>The URL that the argument holds, in bytes, as the destination layers read it; empty when it is none.</summary>
    public static byte[] Of(in ToolText argument)
    {
        if (ToolWords.IsContent(argument.Name) || ToolWords.IsComment(argument.Name) || ToolWords.IsCommand(argument.Name))
        {
            return [];
        }

        var text = Unwrapped(argument.Text.Trim());
        foreach (var scheme in s_schemes)
        {
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && IsOneWord(text.AsSpan(scheme.Length)))
            {
                // The layers know no ftp; host, path and query mean the same there.
                return Encoding.UTF8.GetBytes(scheme == "ftp:" ? string.Concat("http:", text.AsSpan(scheme.Length)) : text);
            }
        }

        return IsOneWord(text) && !text.StartsWith("file:", StringComparison.OrdinalIgnoreCase) && (Marker(text) > 0 || s_names.Contains(argument.Name)) ? Address(text) : [];
    }

    /// <summary>Judges the URL, and of a name that means the same machine everywhere the address, too.</summary>
    public static void Inspect(ReadOnlySpan<byte> url, DestinationPolicy policy, HitList hits)
    {
        UrlInspector.Inspect(url, policy, hits, out var judged);
        if (judged.NeedsAddresses && FixedHosts.AddressOf(judged.Url.Authority.Host) is { } address)
        {
            UrlInspector.InspectAddresses([address], judged, policy, hits);
        }
    }

    /// <summary><c>view-source:http://…</c> and its like go where the inner URL does.</summary>
    private static string Unwrapped(string text)
    {
        var marker = Marker(text);
        var outer = marker < 0 ? -1 : text.LastIndexOf(':', Math.Max(0, marker - 1));
        return outer > 0 && text.AsSpan(0, outer).IndexOfAny("/?# ") < 0 ? text[(outer + 1)..] : text;
    }

    private static int Marker(string text) => text.IndexOf("://", StringComparison.Ordinal);

    /// <summary>
    /// Of any other scheme, and of no scheme at all, only where it leads: an address, or a name that stands for one. What else such a URL
    /// names is between tool and server.
    /// </summary>
    private static byte[] Address(string text)
    {
        var name = AddressText.HostIn(text);
        var isId = uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < SmallestAddress;
        return !isId && CanonicalHost.TryParse(Encoding.UTF8.GetBytes(name), out var host, out _) && (host.IsLiteral || FixedHosts.AddressOf(host) is not null)
            ? Encoding.UTF8.GetBytes($"http://{name}/")
            : [];
    }

    /// <summary>What fetches a URL strips or escapes white space in it only at its ends and, some of them, line breaks; a sentence has blanks.</summary>
    private static bool IsOneWord(ReadOnlySpan<char> rest) => rest.Length > 0 && !rest.Contains(' ');
}

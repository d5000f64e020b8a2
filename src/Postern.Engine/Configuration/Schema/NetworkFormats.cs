using System.Globalization;
using System.Net;

namespace Postern.Engine.Configuration.Schema;

/// <summary>Address ranges and listen addresses.</summary>
internal static class NetworkFormats
{
    /// <summary>An address range.</summary>
    public static readonly TextFormat Cidr = new("address range", "10.1.0.0/16", static text => CheckCidr(text, isException: false)) { Covers = CoversRange };

    /// <summary>An address range that excuses: never all addresses of a family.</summary>
    public static readonly TextFormat CidrException = new("address range", "10.1.2.3/32", static text => CheckCidr(text, isException: true)) { Covers = CoversRange };

    /// <summary>Where a listener binds.</summary>
    public static readonly TextFormat Listen = new("listen address", "127.0.0.1:9090", CheckListen) { Exposure = ExposureOf };

    /// <summary>Where Postern itself sends something. In the clear only to this machine.</summary>
    public static readonly TextFormat Webhook = new("https URL", "https://ops.example.com/postern", static text =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.UserInfo.Length == 0 && address.Fragment.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? TextCheck.Ok(address.AbsoluteUri)
            : TextCheck.Refuse("expected an https URL without user and fragment; http only for this machine"));

    /// <summary>A server of the operator's: scheme and host, a port and a path where they matter.</summary>
    public static readonly TextFormat Upstream = new("URL of a server", "http://127.0.0.1:8080", CheckUpstream);

    /// <summary>Where a syslog server listens.</summary>
    public static readonly TextFormat Syslog = new("address of a syslog server", "tls://logs.example.com:6514", static text =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address is { Scheme: "udp" or "tcp" or "tls", PathAndQuery: "" or "/" }
        && address.Host.Length > 0 && address.Port > 0 && address.UserInfo.Length == 0 && address.Fragment.Length == 0
            ? TextCheck.Ok(text)
            : TextCheck.Refuse("expected udp://, tcp:// or tls://, a host and a port, such as tls://logs.example.com:6514"));

    /// <summary>The beginning of a path, in whole segments.</summary>
    public static readonly TextFormat PathPrefix = new("path", "/v1", CheckPath);

    private static TextCheck CheckUpstream(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0
            ? TextCheck.Ok(text)
            : TextCheck.Refuse("expected http:// or https:// and a host, without user, query and fragment, such as http://127.0.0.1:8080");

    private static TextCheck CheckPath(string text) =>
        text.StartsWith('/') && text.Length <= 1024 && !text.AsSpan().ContainsAnyExceptInRange('!', '~') && text.AsSpan().IndexOfAny('?', '#', '%') < 0 && !text.Contains("/.", StringComparison.Ordinal)
            ? TextCheck.Ok(text)
            : TextCheck.Refuse("expected a path such as /v1: it begins with a slash and has no query, no escapes and no segment that begins with a dot");

    private static TextCheck CheckCidr(string text, bool isException)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return TextCheck.Refuse("expected an address range such as 10.1.0.0/16; a single address ends in /32, or in /128 for IPv6");
        }

        if (!IpText.TryParse(text[..slash], out var address) || !TryParseLength(text.AsSpan(slash + 1), address, out var length))
        {
            return TextCheck.Refuse("not an address range: expected an ordinary address, a slash and a prefix length without leading zeros");
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return TextCheck.Refuse("write an IPv4-mapped range as IPv4");
        }

        if (length == 0 && isException)
        {
            return TextCheck.Refuse("a range of all addresses would switch the check off");
        }

        return HasHostBits(address.GetAddressBytes(), length)
            ? TextCheck.Refuse("bits are set behind the prefix; write the first address of the range")
            : TextCheck.Ok($"{address}/{length}");
    }

    private static bool TryParseLength(ReadOnlySpan<char> text, IPAddress address, out int length)
    {
        var isPlain = text.Length == 1 || !text.StartsWith("0");
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out length)
            && isPlain && length <= address.GetAddressBytes().Length * 8;
    }

    private static bool HasHostBits(byte[] address, int length)
    {
        for (var bit = length; bit < address.Length * 8; bit++)
        {
            if ((address[bit / 8] & (0x80 >> (bit % 8))) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool CoversRange(string wide, string narrow)
    {
        var outer = IPNetwork.Parse(wide);
        var inner = IPNetwork.Parse(narrow);
        return outer.PrefixLength <= inner.PrefixLength && outer.Contains(inner.BaseAddress);
    }

    private static TextCheck CheckListen(string text) => ListenAddress.TryParse(text, out var address)
        ? TextCheck.Ok(address.ToString())
        : TextCheck.Refuse("expected an address and a port, such as 127.0.0.1:8888, [::1]:8888 or localhost:8888; 0.0.0.0 stands for every interface");

    /// <summary>Off, this machine only, others too.</summary>
    private static double ExposureOf(string text) =>
        !ListenAddress.TryParse(text, out var address) ? 0 : address.IsLoopback ? 1 : 2;
}

using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;

namespace Postern.Fuzz.Targets;

/// <summary>URLs and hosts. Whatever is read has one spelling: reading it again gives the same, and no part lies outside the text.</summary>
internal sealed class UrlTarget : IFuzzTarget
{
    private static readonly string[] s_seeds =
    [
        "https://user:pw@sub.example.co.uk:8443/a/b%2fc/../d?q=1&r=%41#frag", "http://[::ffff:7f00:1]/", "http://0x7f.1/", "http://①②⑦.0.0.1/", "http://xn--bcher-kva.example./x",
        "http://2130706433", "wss://a.example", "http://a。b", "//x", "http://017700000001/?a=b",
    ];

    public string Name => "url";

    public IReadOnlyList<byte[]> Seeds { get; } = [.. s_seeds.Select(Encoding.UTF8.GetBytes)];

    public void Run(ReadOnlySpan<byte> input)
    {
        if (CanonicalHost.TryParse(input, out var host, out _))
        {
            // In a URL an IPv6 address stands in brackets, which are no part of it.
            var text = host.Kind == HostKind.Ipv6 ? $"[{host}]" : host.ToString();
            BrokenInvariantException.Unless(
                CanonicalHost.TryParse(Encoding.ASCII.GetBytes(text), out var again, out _) && again == host, "a host has one spelling");
        }

        if (!HttpUrl.TryParse(input, Mutator.MaxBytes, out var url, out _))
        {
            return;
        }

        foreach (var range in (Range[])[url.RawHost, url.Path, url.Query, url.PathAndQuery, url.Fragment])
        {
            _ = input[range];
        }

        var authority = Encoding.ASCII.GetBytes(url.Authority.ToString()!);
        BrokenInvariantException.Unless(
            Authority.TryParse(authority, HttpUrl.DefaultPort(url.Scheme), out var same, out _) && same == url.Authority, "an authority has one spelling");
    }
}

using System.Net;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Monitoring;

namespace Postern.Bench.Destination;

/// <summary>What one URL costs, layer by layer, and what the first use of each table costs. CPU time, as the machine may be shared.</summary>
public static class UrlBench
{
    private const int Rounds = 40_000;
    private const int Repeats = 10;

    /// <summary>Prints one line per case.</summary>
    public static void Run()
    {
        var hits = new HitList();
        var policy = new DestinationPolicy(
            Allowlist: DomainSet.Parse("api.github.com", "*.npmjs.org", "*.example.com"),
            Blocklist: DomainSet.Parse("*.pastebin.com", "*.hastebin.com", "*.paste.ee", "*.transfer.sh", "*.file.io", "*.requestbin.com"));

        var plain = Parse("https://api.github.com/"u8);
        First("public suffix list, first use", () => PublicSuffixes.RegistrableDomain(plain));
        First("IDNA table, first use", () => Parse("https://bücher.example/"u8));
        First("address table, first use", () => SpecialAddresses.Classify(1));

        Url("short API URL", "https://api.github.com/repos/dotnet/runtime/issues?per_page=100&page=2"u8, policy, hits);
        Url("long query", "https://www.example.com/search?q=how+to+configure+a+reverse+proxy&lang=en&sort=relevance&page=3&session=123e4567-e89b-12d3-a456-426614174000&from=2026-11-20T06:28:49Z"u8, policy, hits);
        Url("IPv4 literal", "http://93.184.216.34:8080/index.html"u8, policy, hits);
        Url("punycode host", "https://xn--bcher-kva.example/a"u8, policy, hits);
        Url("2 KiB of %25", [.. "https://example.com/"u8, .. Enumerable.Repeat("%25"u8.ToArray(), 670).SelectMany(b => b)], policy, hits);

        IPAddress[] addresses = [IPAddress.Parse("140.82.112.5"), IPAddress.Parse("2606:50c0:8000::153")];
        UrlInspector.Inspect("https://api.github.com/"u8, policy, hits, out var judged);
        Measure("two resolved addresses", () => UrlInspector.InspectAddresses(addresses, judged, policy, hits));
        Measure("registrable domain", () => PublicSuffixes.RegistrableDomain(plain));
        var state = new byte[RateWindow.StateBytes];
        Measure("rate window", () => RateWindow.TryTake(state, 1_000, long.MaxValue, 1));
        Console.WriteLine($"hits: {hits.Count}");
    }

    private static CanonicalHost Parse(ReadOnlySpan<byte> url) =>
        HttpUrl.TryParse(url, 2048, out var parsed, out _) ? parsed.Authority.Host : default;

    private static void Url(string name, ReadOnlySpan<byte> url, DestinationPolicy policy, HitList hits)
    {
        var bytes = url.ToArray();
        Measure(name, () =>
        {
            hits.Clear();
            UrlInspector.Inspect(bytes, policy, hits, out _);
        });
    }

    private static void First(string name, Action action)
    {
        var start = Environment.CpuUsage.TotalTime;
        action();
        Console.WriteLine($"{name,-32} {(Environment.CpuUsage.TotalTime - start).TotalMilliseconds,10:F2} ms");
    }

    private static void Measure(string name, Action action)
    {
        for (var i = 0; i < Rounds; i++)
        {
            action();
        }

        var best = double.MaxValue;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var start = Environment.CpuUsage.TotalTime;
            for (var i = 0; i < Rounds; i++)
            {
                action();
            }

            best = Math.Min(best, (Environment.CpuUsage.TotalTime - start).TotalNanoseconds / Rounds);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Console.WriteLine($"{name,-32} {best,10:F0} ns {(double)allocated / (Repeats * Rounds),8:F2} B");
    }
}

using System.Net;

namespace Postern.Transports.Tests.Conformance;

/// <summary>Every transport of the suite. A new one is one line in each table.</summary>
public static class Transports
{
    /// <summary>All of them.</summary>
    public static TheoryData<string> All => With(Capability.None);

    /// <summary>Those that carry requests of any method, with headers and bodies.</summary>
    public static TheoryData<string> Uploading => With(Capability.Uploads);

    /// <summary>Those that pass a response on while it arrives.</summary>
    public static TheoryData<string> Streaming => With(Capability.Streams);

    private static readonly Dictionary<string, Capability> s_all = new()
    {
        ["forward"] = Capability.Uploads | Capability.Streams,
        ["intercept-h1"] = Capability.Uploads | Capability.Streams,
        ["intercept-h2"] = Capability.Uploads | Capability.Streams,
        ["fetch"] = Capability.None,
    };

    internal static Task<IHarness> StartAsync(string name) => name switch
    {
        "forward" => ForwardHarness.StartAsync(),
        "intercept-h1" => InterceptHarness.StartAsync(HttpVersion.Version11),
        "intercept-h2" => InterceptHarness.StartAsync(HttpVersion.Version20),
        "fetch" => FetchHarness.StartAsync(),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    /// <summary>Rulings of one clean exchange, and how many of them come before the upstream is reached.</summary>
    internal static (int All, int First) RulingsOf(string name) => name switch
    {
        "forward" => (2, 1),
        "fetch" => (3, 1),
        _ => (3, 2),
    };

    internal static bool Can(string name, Capability capability) => (s_all[name] & capability) == capability;

    private static TheoryData<string> With(Capability capability) => [.. s_all.Keys.Where(name => Can(name, capability))];
}

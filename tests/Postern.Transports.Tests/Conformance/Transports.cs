using System.Net;

namespace Postern.Transports.Tests.Conformance;

/// <summary>Every transport of the suite. A new one is one line.</summary>
public static class Transports
{
    public static TheoryData<string> All => ["forward", "intercept-h1", "intercept-h2"];

    internal static Task<IHarness> StartAsync(string name) => name switch
    {
        "forward" => ForwardHarness.StartAsync(),
        "intercept-h1" => InterceptHarness.StartAsync(HttpVersion.Version11),
        "intercept-h2" => InterceptHarness.StartAsync(HttpVersion.Version20),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}

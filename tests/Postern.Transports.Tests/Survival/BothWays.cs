using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Survival;

/// <summary>One world per way in, shared by the rows of a class, which run one after the other.</summary>
public sealed class BothWays : IAsyncLifetime
{
    private readonly Dictionary<string, IHarness> _harnesses = [];

    internal IHarness this[string transport] => _harnesses[transport];

    public async ValueTask InitializeAsync()
    {
        foreach (var transport in new[] { "forward", "intercept-h1" })
        {
            _harnesses[transport] = await Conformance.Transports.StartAsync(transport);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var harness in _harnesses.Values)
        {
            await harness.DisposeAsync();
        }
    }

    /// <summary>What stands before the path in a request line.</summary>
    internal string PrefixOf(string transport) =>
        transport == "forward" ? "http://" + _harnesses[transport].Client.BaseAddress!.Authority : string.Empty;

    internal Task<RawClient> ConnectAsync(string transport)
    {
        var world = _harnesses[transport].World;
        return transport == "forward" ? RawClient.ConnectAsync(world.Address) : RawClient.TunnelAsync(world);
    }

    /// <summary>Waits for something that another thread is about to make true.</summary>
    internal async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!isSo())
        {
            await Task.Delay(5, patience.Token);
        }
    }
}

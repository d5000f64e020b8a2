namespace Postern.Transports.Tests.Conformance;

/// <summary>A transport that is driven by an <see cref="HttpClient"/>, and the sort of conversation it has.</summary>
internal sealed class HttpSpeaker(IHarness harness, Func<IHarness, Task<ITalk>> open) : ISpeaker
{
    public World World => harness.World;

    public Task<ITalk> OpenAsync() => open(harness);

    public ValueTask DisposeAsync() => harness.DisposeAsync();
}

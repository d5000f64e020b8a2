namespace Postern.Transports.Tests.Conformance;

/// <summary>A transport of HTTP requests, driven as its real clients drive it.</summary>
internal interface IHarness : IAsyncDisposable
{
    /// <summary>The world behind the transport.</summary>
    World World { get; }

    /// <summary>A client whose requests go through the transport; addresses are relative to the upstream.</summary>
    HttpClient Client { get; }
}

namespace Postern.Transports.Tests.Conformance;

/// <summary>One transport, driven as its real clients drive it. A new transport adds one of these and nothing else.</summary>
internal interface IHarness : IAsyncDisposable
{
    /// <summary>The world behind the transport.</summary>
    World World { get; }

    /// <summary>A client whose requests go through the transport; addresses are relative to the upstream.</summary>
    HttpClient Client { get; }
}

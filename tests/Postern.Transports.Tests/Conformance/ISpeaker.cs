namespace Postern.Transports.Tests.Conformance;

/// <summary>One transport as every scenario sees it, however its clients speak. A new transport adds one of these and a line in <see cref="Transports"/>.</summary>
internal interface ISpeaker : IAsyncDisposable
{
    /// <summary>The world behind the transport.</summary>
    World World { get; }

    /// <summary>Begins a conversation; one that was refused lets nothing pass.</summary>
    Task<ITalk> OpenAsync();
}

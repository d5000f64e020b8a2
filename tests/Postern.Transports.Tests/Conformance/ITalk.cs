namespace Postern.Transports.Tests.Conformance;

/// <summary>One conversation. Disposing it is the client going away without a word.</summary>
internal interface ITalk : IAsyncDisposable
{
    /// <summary>Has the text carried through the checkpoint; true only when it came out whole on the agent's side.</summary>
    Task<bool> PassesAsync(string text);

    /// <summary>Completes when the far end has noticed that the conversation is over.</summary>
    Task FarEnd { get; }
}

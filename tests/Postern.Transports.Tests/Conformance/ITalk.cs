namespace Postern.Transports.Tests.Conformance;

/// <summary>One conversation. Disposing it is the client going away without a word.</summary>
internal interface ITalk : IAsyncDisposable
{
    /// <summary>Has the text carried through the checkpoint; what came out of it on the agent's side, null when nothing did.</summary>
    Task<string?> CarryAsync(string text);

    /// <summary>True only when the text came out whole.</summary>
    async Task<bool> PassesAsync(string text) => await CarryAsync(text) == text;

    /// <summary>Completes when the far end has noticed that the conversation is over.</summary>
    Task FarEnd { get; }
}

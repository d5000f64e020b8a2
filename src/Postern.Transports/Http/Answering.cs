using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>What is done with the response to a cleared request, whoever fetches it.</summary>
/// <param name="Exchange">The conversation, under the policy that the request was judged by.</param>
/// <param name="Shape">The words in which the client hears a refusal.</param>
/// <param name="RunAsync">Takes the response through the checkpoint to a client.</param>
internal sealed record Answering(Exchange Exchange, IRefusalShape Shape, Func<HttpResponseMessage, IClientRelease, CancellationToken, Task> RunAsync)
{
    /// <summary>True when the request asked for a WebSocket: the answer may be a connection instead.</summary>
    public bool AsksForWebSocket { get; init; }
}

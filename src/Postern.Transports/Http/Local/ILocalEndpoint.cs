using Microsoft.AspNetCore.Http.Features;

namespace Postern.Transports.Http.Local;

/// <summary>Something Postern itself answers on the main listener.</summary>
internal interface ILocalEndpoint
{
    /// <summary>The exact path.</summary>
    string Path { get; }

    /// <summary>Answers a GET or HEAD.</summary>
    ValueTask<Reply> AnswerAsync(IHttpRequestFeature request, CancellationToken cancel);
}

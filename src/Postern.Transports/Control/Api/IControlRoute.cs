using Postern.Transports.Http;

namespace Postern.Transports.Control.Api;

/// <summary>One thing that the control port does.</summary>
internal interface IControlRoute
{
    /// <summary>Answers a call whose path begins with this route's; null when the path is none of its own after all.</summary>
    ValueTask<Reply?> AnswerAsync(ControlCall call, CancellationToken cancel);
}

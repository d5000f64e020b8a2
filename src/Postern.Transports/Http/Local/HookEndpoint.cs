using Microsoft.AspNetCore.Http.Features;
using Postern.Transports.Hooks;
using Postern.Transports.Http.Scan;

namespace Postern.Transports.Http.Local;

/// <summary>
/// <c>POST /hook/claude</c> and <c>/hook/cursor</c>: hooks over HTTP, for hosts that have them. A refusal is a 200 too: hosts take any other
/// status for a hook that failed, and go on.
/// </summary>
internal sealed class HookEndpoint(HookCheckpoint checkpoint, HookHost host) : ILocalEndpoint
{
    private static readonly Reply s_notPost = Reply.Fault(405, "Method not allowed", "Hooks are asked with POST.").With("Allow", "POST");

    /// <inheritdoc/>
    public string Path { get; } = host == HookHost.Claude ? "/hook/claude" : "/hook/cursor";

    /// <inheritdoc/>
    public async ValueTask ServeAsync(IHttpRequestFeature request, IFeatureCollection features, CancellationToken cancel)
    {
        var reply = request.Method == "POST" ? await AnswerAsync(request, features, cancel).ConfigureAwait(false) : s_notPost;
        await new ClientRelease(features).ReplyAsync(reply, cancel).ConfigureAwait(false);
    }

    private async ValueTask<Reply> AnswerAsync(IHttpRequestFeature request, IFeatureCollection features, CancellationToken cancel)
    {
        using var body = new ScanBody();
        var isRead = await body.ReadAsync(request, HookCheckpoint.MaxEventBytes, cancel).ConfigureAwait(false) is null;
        var answer = await checkpoint.JudgeAsync(host, isRead ? body.Memory : default, features, cancel).ConfigureAwait(false);
        return Reply.Own(200, "application/json", answer.Json);
    }
}

using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Policy;
using Postern.Transports.Files;
using Postern.Transports.Http;
using Postern.Transports.Mcp;

namespace Postern.Transports.Hooks;

/// <summary>Judges what a host asks before, or tells after, it lets an agent do something. The host does it; Postern says no, or nothing.</summary>
/// <param name="inspector">The checkpoint, the same one that traffic passes.</param>
/// <param name="policies">The policy in force.</param>
public sealed class HookCheckpoint(Inspector inspector, PolicyHolder policies)
{
    /// <summary>Longest event, in bytes; a longer one is refused.</summary>
    public const int MaxEventBytes = 10 * 1024 * 1024;

    /// <summary>The answer to one event.</summary>
    /// <param name="host">Who asks.</param>
    /// <param name="json">The event; may be shorter than what came when that was too long.</param>
    /// <param name="features">The request that carried the event; null when it came on standard input.</param>
    /// <param name="cancel">Nobody waits for the answer any more.</param>
    public async ValueTask<HookAnswer> JudgeAsync(HookHost host, ReadOnlyMemory<byte> json, IFeatureCollection? features, CancellationToken cancel)
    {
        var isTooLong = json.Length > MaxEventBytes;
        if (isTooLong || !HookEvent.TryRead(host, json, out var read))
        {
            var refused = await RuleAsync(NewExchange(host, features), HookMessages.Unread(isTooLong), cancel).ConfigureAwait(false);
            return refused is null ? HookAnswer.Failed(host, "the event cannot be read.") : HookAnswer.Of(host, null, refused);
        }

        using (read)
        {
            var exchange = NewExchange(host, features);
            foreach (var message in HookMessages.Of(read))
            {
                if (await RuleAsync(exchange, message, cancel).ConfigureAwait(false) is { } refused)
                {
                    return HookAnswer.Of(host, read, refused);
                }
            }

            return HookAnswer.Clean(host, read.Row);
        }
    }

    private ValueTask<Refused?> RuleAsync(Exchange exchange, Message message, CancellationToken cancel) => Objection.ToAsync(inspector, exchange, message, cancel);

    private Exchange NewExchange(HookHost host, IFeatureCollection? features)
    {
        var name = host == HookHost.Claude ? "claude-code" : "cursor";
        return features is null
            ? Callers.BeginExchange("hook", new McpParts(inspector, policies, name, TimeProvider.System))
            : policies.BeginExchange("hook", features, name);
    }
}

using Postern.Transports.Http;

namespace Postern.Transports.Control.Api;

/// <summary><c>reload</c>: reads the configuration again, as a changed file does. What weakens is refused where a changed file would be.</summary>
internal sealed class ReloadRoute(ControlParts parts) : IControlRoute
{
    /// <inheritdoc/>
    public ValueTask<Reply?> AnswerAsync(ControlCall call, CancellationToken cancel)
    {
        if (!call.IsPost)
        {
            return new(ControlReply.Only("POST"));
        }

        if (parts.Reload is not { } reload)
        {
            return new(ControlReply.Conflict("There is no configuration file to read again."));
        }

        parts.Note("reload asked for by " + call.Caller);
        var report = reload();
        return new(Reply.OwnJson(report.IsRefused ? 409 : 200, writer =>
        {
            writer.WriteBoolean("refused", report.IsRefused);
            writer.WriteNumber("policy_revision", parts.Policies.Current.Revision);
            writer.WriteStartArray("said");
            foreach (var line in report.Said)
            {
                writer.WriteStringValue(line);
            }

            writer.WriteEndArray();
        }));
    }
}

using System.Text.Json;
using Postern.Transports.Http;

namespace Postern.Transports.Control.Api;

/// <summary>What the routes answer.</summary>
internal static class ControlReply
{
    public static Reply NotFound { get; } = Reply.Fault(404, "No such thing", "Nothing of the control port has this address; see docs/control.md.");

    public static Reply Ok(Action<Utf8JsonWriter> write) => Reply.OwnJson(200, write);

    /// <summary>The method does not fit.</summary>
    public static Reply Only(string methods) => Reply.Fault(405, "Method not allowed", "This takes " + methods + ".").With("Allow", methods);

    public static Reply Bad(string why) => Reply.Fault(400, "Not understood", why);

    public static Reply Conflict(string why) => Reply.Fault(409, "Not done", why);
}

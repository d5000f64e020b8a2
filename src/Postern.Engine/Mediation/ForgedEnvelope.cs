using Postern.Engine.Editing;
using Postern.Engine.Flow;

namespace Postern.Engine.Mediation;

/// <summary>
/// Who mediated a call is not for the agent to say: an envelope that it wrote itself is cut out of <c>_meta</c> before anything is judged. In
/// headers it stays behind with everything else that only proxies say.
/// </summary>
internal static class ForgedEnvelope
{
    /// <summary>Adds the cut to what the policy wants edited.</summary>
    public static void Cut(Message message, List<Edit> rewrites)
    {
        ref readonly var facts = ref message.FactsRef;
        if (facts.Direction != Direction.Outbound || !facts.Mcp.IsMcp || !message.TryFind(PartKind.Body, out var part))
        {
            return;
        }

        var body = message.Of(part);
        if ((body.IndexOf("mediation"u8) >= 0 || body.IndexOf("\\u"u8) >= 0) && MetaPlace.In(body) is { ForgedEnd: > 0 } place)
        {
            Rewrites.Plan(message, [new Edit(part.Start + place.ForgedStart, part.Start + place.ForgedEnd, [])], rewrites);
        }
    }
}

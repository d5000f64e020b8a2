using System.Text.Json;
using Postern.Engine.A2a;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Detection.Tools;
using Postern.Engine.Flow;

namespace Postern.Engine.Inspection;

/// <summary>
/// What agents say to agents, beyond what any text says: addresses that the other side will go to, cards that lead to forbidden ones, answers
/// that belong to another conversation. Texts, secrets and encoded bytes are the views' in every field.
/// </summary>
internal static class A2aLook
{
    /// <summary>Recognises requests, and judges them and their answers.</summary>
    public static void Run(Exchange exchange, Message message, Scratch scratch)
    {
        var policy = exchange.Policy.Policy;
        if (!policy.A2a.Enabled)
        {
            return;
        }

        if (message.Direction == Direction.Outbound && message.Kind is MessageKind.Request or MessageKind.Rpc)
        {
            exchange.A2a = A2aRecognition.Of(message) is { } asked ? asked with { Context = exchange.A2a?.Context } : null;
        }

        if (exchange.A2a is not { } talk || !message.TryFind(PartKind.Body, out var body) || body.Length == 0)
        {
            return;
        }

        try
        {
            using var document = JsonBody.Parse(message, body);
            var content = Content(document.RootElement, talk, message.Direction);
            if (message.Direction == Direction.Outbound)
            {
                Ask(content, exchange, talk, scratch);
            }
            else if (talk.Kind == A2aKind.Card)
            {
                Card(content, exchange, scratch);
            }
            else if (talk.Kind == A2aKind.Message && policy.A2a.SessionSmugglingDetection)
            {
                Answer(content, talk, scratch);
            }
        }
        catch (JsonException)
        {
            // A piece of a body, or no JSON: the views look at its text.
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: nobody reads it as it was judged.
            Report(ToolRules.Unread, "a2a$", scratch);
        }
    }

    private static JsonElement Content(JsonElement root, A2aTalk talk, Direction direction) =>
        !talk.IsRpc ? root
        : root.ValueKind == JsonValueKind.Object && root.TryGetProperty(direction == Direction.Outbound ? "params"u8 : "result"u8, out var content) ? content
        : default;

    private static void Ask(JsonElement content, Exchange exchange, A2aTalk talk, Scratch scratch)
    {
        var addresses = new List<ToolText>();
        foreach (var (name, text) in A2aFields.In(content))
        {
            if (A2aFields.IsAddress(name))
            {
                addresses.Add(new ToolText("", name, "a2a." + name, text));
            }
            else if (name == A2aFields.Context)
            {
                talk.Context = text;
            }
        }

        ToolLook.Urls(addresses, exchange.Policy.Policy.Destination, scratch);
    }

    /// <summary>Interfaces only: documentation and pictures are addresses that somebody may look at, and is judged when he does.</summary>
    private static void Card(JsonElement card, Exchange exchange, Scratch scratch)
    {
        if (!exchange.Policy.Policy.A2a.ScanAgentCards)
        {
            return;
        }

        foreach (var address in A2aFields.InterfacesOf(card))
        {
            UrlInspector.Inspect(ArgumentUrl.Of(new ToolText("", "url", "", address)), exchange.Policy.Policy.Destination, scratch.Hits, out _);
            if (scratch.Hits.Count > 0)
            {
                Report(A2aRules.CardAddress, "card.url", scratch, scratch.Hits[0].Rule.Id);
                scratch.Hits.Clear();
            }
        }
    }

    private static void Answer(JsonElement content, A2aTalk talk, Scratch scratch)
    {
        foreach (var (name, text) in A2aFields.In(content))
        {
            if (name == A2aFields.Context && (talk.Context ??= text) != text)
            {
                Report(A2aRules.OtherContext, "a2a.contextId", scratch);
                return;
            }
        }
    }

    private static void Report(Rule rule, string where, Scratch scratch, string? detail = null) =>
        scratch.Findings.Add(Finding.At(where, rule, rule.Confidence, detail));
}

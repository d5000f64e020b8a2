using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Postern.Engine.A2a;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Tools.Definitions;
using Postern.Engine.Flow;
using Postern.Engine.Mcp;

namespace Postern.Engine.Inspection;

/// <summary>
/// What servers list, compared with what was listed before, and calls, compared with the lists. Pins are written only after the
/// verdict: nothing that was refused is trusted.
/// </summary>
internal sealed class DefinitionLook(IPinStore store)
{
    /// <summary>Agents and servers whose lists are remembered; a forgotten one is known by its pins.</summary>
    private const int MaxRemembered = 4096;

    private const string OtherTool = "other";

    private readonly ListComparison _comparison = new(store);
    private readonly ConcurrentDictionary<(string Actor, string Server), ConcurrentDictionary<string, bool>> _listed = new();

    /// <summary>True for a message whose texts are read as descriptions.</summary>
    public static bool IsDescription(Exchange exchange, Message message) =>
        IsCard(exchange, message) ? exchange.Policy.Policy.A2a.ScanAgentCards : exchange.Policy.Policy.Definitions.Scans && IsList(message);

    /// <summary>True for an answer that may hold definitions: clients take them from nowhere else.</summary>
    private static bool IsList(Message message)
    {
        ref readonly var facts = ref message.FactsRef;
        return facts.Direction == Direction.Inbound
            && (facts.Mcp.Shape == RpcShape.Batch || (facts.Mcp.Shape == RpcShape.Result && IsListing(facts.Mcp.Method.Span)));
    }

    private static bool IsCard(Exchange exchange, Message message) => message.Direction == Direction.Inbound && exchange.A2a is { Kind: A2aKind.Card };

    /// <summary>True when what the exchange brings is compared and pinned.</summary>
    private static bool Pins(Exchange exchange) => exchange.A2a is { Kind: A2aKind.Card } ? exchange.Policy.Policy.A2a.DetectCardDrift : exchange.Policy.Policy.Definitions.Scans;

    /// <summary>Judges lists and calls; what was found stands in the findings, what is to be pinned in the scratch.</summary>
    public void Run(Exchange exchange, Message message, Scratch scratch)
    {
        try
        {
            if (IsList(message) || IsCard(exchange, message))
            {
                List(exchange, message, scratch);
            }
            else if (exchange.Policy.Policy.Definitions.BindsCalls && ToolLook.IsCall(message) && message.FactsRef.Mcp.Shape != RpcShape.Call)
            {
                Calls(exchange, message, scratch);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            scratch.Listed = null;
            ListComparison.Report(scratch, DefinitionRules.PinsLost, Confidence.Certain, "message");
        }
        catch (JsonException)
        {
            // The views refuse what is no JSON, or deeper than this. A card need not be labelled as JSON; a page in its place is none.
            if (IsCard(exchange, message) && Pins(exchange) && message.TryFind(PartKind.Body, out var body) && !message.Of(body).TrimStart(" \t\r\n"u8).StartsWith("<"u8))
            {
                ListComparison.Report(scratch, DefinitionRules.Uncomparable, Confidence.Certain, "body$");
            }
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: what the client makes of it nobody can compare.
            scratch.Listed = null;
            ListComparison.Report(scratch, DefinitionRules.Uncomparable, Confidence.Certain, "result$");
        }
    }

    /// <summary>Keeps what a list brought, now that it is known whether it passes.</summary>
    /// <returns>Null, or the finding that refuses the list because its pins cannot be kept.</returns>
    public Finding? Conclude(Exchange exchange, Scratch scratch, bool passes)
    {
        if (scratch.Listed is not { } listed)
        {
            return null;
        }

        scratch.Listed = null;
        try
        {
            Keep(exchange, listed, ServerOf(exchange, scratch), passes);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            ListComparison.Report(scratch, DefinitionRules.PinsLost, Confidence.Certain, "message");
            return scratch.Findings[^1];
        }
    }

    /// <summary>The tool that a message calls or that it comes from, as records name it; empty when it is no call of one tool. A name that no list held is the agent's own text.</summary>
    public string ToolOf(Exchange exchange, Message message, Scratch scratch)
    {
        var mcp = message.FactsRef.Mcp;
        if (mcp.Tool.IsEmpty || mcp.Shape == RpcShape.Call)
        {
            return string.Empty;
        }

        var named = Encoding.UTF8.GetString(mcp.Tool.Span);
        return _listed.TryGetValue((exchange.Actor, ServerOf(exchange, scratch)), out var names) && names.ContainsKey(named) ? named : OtherTool;
    }

    private void Keep(Exchange exchange, List<Definition> listed, string server, bool passes)
    {
        var settings = exchange.Policy.Policy.Definitions;
        if (Pins(exchange))
        {
            store.Update(server, pins => passes
                ? pins.With(listed, settings.TrustsChanges)
                : pins.With([.. listed.Where(said => pins.Find(said.Key) is not null)], trustsChanges: false));
        }

        if (passes)
        {
            var names = Inventory(exchange, server);
            foreach (var tool in listed.Where(static said => said.IsTool))
            {
                names[tool.Name] = true;
            }
        }
    }

    private static bool IsListing(ReadOnlySpan<byte> method) => method.SequenceEqual("tools/list"u8) || method.SequenceEqual("prompts/list"u8)
        || method.SequenceEqual("resources/list"u8) || method.SequenceEqual("resources/templates/list"u8)
        || method.SequenceEqual("initialize"u8) || method.SequenceEqual("server/discover"u8);

    /// <summary>What pins and baselines call the other side.</summary>
    public static string ServerOf(Exchange exchange, Scratch scratch) =>
        exchange.Server.Length > 0 ? exchange.Server
        : scratch.HasTarget ? $"{scratch.JudgedRef.Url.Authority.Host}:{scratch.JudgedRef.Url.Authority.Port}"
        : exchange.Destination is { } destination ? $"{destination.Host}:{destination.Port}" : "unknown";

    private void List(Exchange exchange, Message message, Scratch scratch)
    {
        if (!message.TryFind(PartKind.Body, out var body) || body.Length == 0 || message.FactsRef.Status >= 400)
        {
            return;
        }

        using var document = JsonBody.Parse(message, body);
        var found = exchange.A2a is { Kind: A2aKind.Card } card ? DefinitionReader.OfCard(document.RootElement, card) : DefinitionReader.Read(document.RootElement);
        scratch.Listed = found.Found;
        if (!Pins(exchange))
        {
            return;
        }

        ListComparison.ReportShapes(found, scratch);
        if (found.Found.Count > 0)
        {
            _comparison.Run(ServerOf(exchange, scratch), found.Found, exchange.Policy.Policy.Definitions.TrustsChanges, scratch);
        }
    }

    private void Calls(Exchange exchange, Message message, Scratch scratch)
    {
        if (message.TryFind(PartKind.Body, out var body))
        {
            using var document = JsonBody.Parse(message, body);
            foreach (var (tool, _) in ToolLook.Calls(document.RootElement))
            {
                Call(tool, exchange, scratch);
            }
        }
    }

    private void Call(string tool, Exchange exchange, Scratch scratch)
    {
        var settings = exchange.Policy.Policy.Definitions;
        var names = Inventory(exchange, ServerOf(exchange, scratch));
        if (names.IsEmpty)
        {
            ListComparison.Report(scratch, DefinitionRules.NoBaseline, settings.RefusesWithoutList ? Confidence.Certain : Confidence.Low, "mcp.tool");
        }
        else if (!names.ContainsKey(tool))
        {
            ListComparison.Report(scratch, DefinitionRules.Unlisted, settings.RefusesUnlisted ? Confidence.Certain : Confidence.Low, "mcp.tool");
        }
    }

    /// <summary>What the server listed to this agent, or to anybody in an earlier run.</summary>
    private ConcurrentDictionary<string, bool> Inventory(Exchange exchange, string server)
    {
        if (_listed.Count >= MaxRemembered)
        {
            _listed.Clear();
        }

        return _listed.GetOrAdd((exchange.Actor, server), _ => new ConcurrentDictionary<string, bool>(
            Pinned(exchange, server).Where(static pin => pin.Trusted.IsTool).Select(static pin => KeyValuePair.Create(pin.Trusted.Name, true)), StringComparer.Ordinal));
    }

    private IReadOnlyList<Pin> Pinned(Exchange exchange, string server) => exchange.Policy.Policy.Definitions.Scans ? store.Load(server).Pins : [];
}

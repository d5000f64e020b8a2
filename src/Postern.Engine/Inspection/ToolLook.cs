using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Detection.Tools;
using Postern.Engine.Flow;
using Postern.Engine.Mcp;
using Postern.Engine.Monitoring.Tools.Baseline;
using Postern.Engine.Monitoring.Tools.Chains;
using Postern.Engine.Policy;

namespace Postern.Engine.Inspection;

/// <summary>The rules about calls of tools, over the arguments of every call in a message on its way to a tool.</summary>
internal static class ToolLook
{
    /// <summary>URLs of one call that are judged; with more the call is one that cannot be inspected.</summary>
    private const int MaxUrls = 64;

    /// <summary>True for a message that calls tools: servers run what the method says, with an id or without one.</summary>
    public static bool IsCall(Message message)
    {
        ref readonly var facts = ref message.FactsRef;
        return facts.Direction == Direction.Outbound
            && (facts.Mcp.Shape is RpcShape.Call or RpcShape.Batch || facts.Mcp.Method.Span.SequenceEqual("tools/call"u8));
    }

    /// <summary>Judges the calls; what was found stands in the findings, what they do in the exchange.</summary>
    public static void Run(Exchange exchange, Message message, Scratch scratch)
    {
        var policy = exchange.Policy.Policy;
        scratch.Calls.Clear();
        scratch.Shapes.Clear();
        var isCall = IsCall(message);
        if (!(isCall || ResourceLook.IsAsked(message)) || !message.TryFind(PartKind.Body, out var body))
        {
            return;
        }

        try
        {
            using var document = JsonBody.Parse(message, body);
            if (message.FactsRef.Mcp.Shape == RpcShape.Call && message.TryFind(PartKind.Text, out var name))
            {
                Call(Encoding.UTF8.GetString(message.Of(name)), document.RootElement, policy, scratch);
            }
            else
            {
                foreach (var (tool, arguments) in Calls(document.RootElement))
                {
                    Call(tool, arguments, policy, scratch);
                }

                ResourceLook.Run(document.RootElement, policy, scratch);
            }

            exchange.Calls = isCall ? [.. scratch.Calls] : exchange.Calls;
        }
        catch (JsonException)
        {
            // The adapter's reader is stricter than this one and has reported it; a text handed over for inspection is text.
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: a text that no tool will read as it was judged.
            scratch.Hits.Add(ToolRules.Unread, 0, 0);
            Findings.Collect("args$", scratch);
        }
    }

    /// <summary>The calls in a request or in a batch of them; without arguments too.</summary>
    public static IEnumerable<(string Tool, JsonElement Arguments)> Calls(JsonElement root)
    {
        foreach (var (method, parameters) in Requests(root))
        {
            if (method.ValueEquals("tools/call"u8) && Text(parameters, "name") is { } name)
            {
                yield return (name.GetString()!, parameters.TryGetProperty("arguments"u8, out var arguments) ? arguments : default);
            }
        }
    }

    /// <summary>The requests in a message or in a batch, by their methods.</summary>
    public static IEnumerable<(JsonElement Method, JsonElement Parameters)> Requests(JsonElement root)
    {
        foreach (var request in root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToArray() : [root])
        {
            if (Text(request, "method") is { } method && request.TryGetProperty("params"u8, out var parameters))
            {
                yield return (method, parameters);
            }
        }
    }

    /// <summary>A member that is a text.</summary>
    public static JsonElement? Text(JsonElement from, string member) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String ? text : null;

    private static void Call(string tool, JsonElement arguments, SecurityPolicy policy, Scratch scratch)
    {
        var call = new ToolCall(tool, arguments);
        if (policy.Tools is { } rules)
        {
            Judge(call, rules, policy, scratch);
        }

        var written = arguments.ValueKind == JsonValueKind.Undefined ? default : JsonMarshal.GetRawUtf8Value(arguments);
        scratch.Calls.Add(policy.Calls.Read(tool, call.Commands) with { Arguments = CallHash.Of(written), Bytes = written.Length });
        if (policy.Baseline is not null)
        {
            scratch.Shapes.Add(CallShape.Of(call));
        }
    }

    private static void Judge(ToolCall call, ToolPolicy rules, SecurityPolicy policy, Scratch scratch)
    {
        if (rules.Names.Forbids(call.Tool) is { } forbids)
        {
            scratch.Hits.Add(forbids, 0, 0);
            Findings.Collect("mcp.tool", scratch);
        }

        foreach (var (where, script) in rules.BuiltIn is null ? [] : call.Commands)
        {
            rules.BuiltIn!.Scan(script, 0, scratch.Hits);
            Findings.Collect(where, scratch);
        }

        foreach (var own in rules.Own)
        {
            if (own.Matches(call, out var where))
            {
                scratch.Hits.Add(own.Rule, 0, 0);
                Findings.Collect(where, scratch);
            }
        }

        Urls(call.Texts, policy.Destination, scratch);
    }

    /// <summary>
    /// Every layer that a request of the agent itself meets, but for those behind DNS: the server resolves the name where it stands, and a
    /// lookup here would tell the world a name that the agent made up.
    /// </summary>
    public static void Urls(IEnumerable<ToolText> texts, DestinationPolicy policy, Scratch scratch)
    {
        var urls = 0;
        foreach (var argument in texts)
        {
            var url = ArgumentUrl.Of(argument);
            if (url.Length == 0)
            {
                continue;
            }

            if (++urls > MaxUrls)
            {
                scratch.Hits.Add(ToolRules.Unread, 0, 0);
                Findings.Collect("args$", scratch);
                return;
            }

            ArgumentUrl.Inspect(url, policy, scratch.Hits);
            Findings.Collect(argument.Where, scratch);
        }
    }
}

using System.Text;
using System.Text.Json;
using Postern.Engine.Detection.Tools;
using Postern.Engine.Detection.Tools.Shell;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Engine.Inspection;

/// <summary>
/// The addresses that a server is asked to read, subscribe to or complete: like an argument of a tool that is one, a file is judged as the
/// command that would read it, a URL as a request for it.
/// </summary>
internal static class ResourceLook
{
    /// <summary>True for a message that asks for resources; whether a batch does, only its requests tell.</summary>
    public static bool IsAsked(Message message)
    {
        ref readonly var facts = ref message.FactsRef;
        return facts.Direction == Direction.Outbound && facts.Mcp.IsMcp && IsOne(facts.Mcp.Method.Span);
    }

    /// <summary>Judges them in a message or a batch; what was found stands in the findings.</summary>
    public static void Run(JsonElement root, SecurityPolicy policy, Scratch scratch)
    {
        if (policy.Tools is not { } rules)
        {
            return;
        }

        foreach (var (method, parameters) in ToolLook.Requests(root))
        {
            if (IsOne(Encoding.UTF8.GetBytes(method.GetString()!)) && parameters.ValueKind == JsonValueKind.Object)
            {
                Address(parameters, "params$.uri", rules, policy, scratch);
                Address(parameters.TryGetProperty("ref"u8, out var reference) ? reference : default, "params$.ref.uri", rules, policy, scratch);
            }
        }
    }

    private static bool IsOne(ReadOnlySpan<byte> method) =>
        method.SequenceEqual("resources/read"u8) || method.SequenceEqual("resources/subscribe"u8) || method.SequenceEqual("completion/complete"u8);

    private static void Address(JsonElement holder, string where, ToolPolicy rules, SecurityPolicy policy, Scratch scratch)
    {
        if (ToolLook.Text(holder, "uri")?.GetString() is not { } uri)
        {
            return;
        }

        rules.BuiltIn?.Scan(Reading(FileUrl.PathIn(uri)), 0, scratch.Hits);
        Findings.Collect(where, scratch);
        ToolLook.Urls([new ToolText("uri", "uri", where, uri)], policy.Destination, scratch);
    }

    /// <summary>A file's own address is how servers of files name it, so that only the path counts.</summary>
    private static ShellScript Reading(string path)
    {
        var command = new ShellCommand();
        CommandWords.SetProgram(command, new ShellWord("read", false));
        command.Arguments.Add(new ShellWord(path, false));
        command.Reads.Add(PathForm.Of(path, ""));
        var script = new ShellScript();
        script.Add(command);
        return script;
    }
}

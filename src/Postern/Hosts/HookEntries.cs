using System.Text.Json;
using Postern.Program.Hosts.Text;
using Postern.Transports.Hooks;

namespace Postern.Program.Hosts;

/// <summary>Postern's entries among a host's hooks.</summary>
internal static class HookEntries
{
    /// <summary>Longer than any judgement takes; hosts go on without an answer afterwards.</summary>
    private const int TimeoutSeconds = 10;

    /// <summary>A member by which Claude Code asks none of its hooks.</summary>
    public const string SwitchedOff = "disableAllHooks";

    /// <summary>The text with an entry for each event.</summary>
    public static JsoncText Add(JsoncText text, HostHooks hooks, Wrapper wrapper)
    {
        if (hooks.Asks == HookHost.Cursor && text.Root["version"] is null)
        {
            text = (JsoncText)text.Set(["version"], "1");
        }

        if (text.Root["hooks"] is null)
        {
            text = (JsoncText)text.Set(["hooks"], "{}");
        }

        var line = JsonEncodedText.Encode(wrapper.HookLine(hooks.Word), Json.Line.Encoder);
        foreach (var name in hooks.Events.Where(name => !Has(text, hooks, name)))
        {
            text = text.Append(["hooks", name], EntryOf(hooks, name, line.Value));
        }

        return text;
    }

    /// <summary>The text without them; what holds nothing then and was not there before goes too.</summary>
    public static JsoncText Remove(JsoncText text, HostHooks hooks, ConfigText? original)
    {
        foreach (var name in hooks.Events)
        {
            while (text.Find("hooks", name) is { Kind: TextKind.Array } list && list.Items.FindIndex(item => IsOurs(item, hooks)) is >= 0 and var index)
            {
                text = text.RemoveItem(list, index);
            }

            text = Prune(text, original, ["hooks", name]);
        }

        return Prune(text, original, ["hooks"]);
    }

    /// <summary>True when the host asks no hook at all, whichever it has.</summary>
    public static bool AreOff(ConfigText text) => text.Find(SwitchedOff) is { } off && text.Raw(off) != "false";

    /// <summary>True when Postern is asked about every event.</summary>
    public static bool AreComplete(ConfigText text, HostHooks hooks) => Array.TrueForAll(hooks.Events, name => Has(text, hooks, name));

    private static JsoncText Prune(JsoncText text, ConfigText? original, string[] path) =>
        original?.Find(path) is null && text.Find(path) is { Items.Count: 0, Members.Count: 0 } ? (JsoncText)text.Remove(path) : text;

    private static bool Has(ConfigText text, HostHooks hooks, string name) =>
        text.Find("hooks", name) is { Kind: TextKind.Array } list && list.Items.Exists(item => IsOurs(item, hooks));

    private static bool IsOurs(TextNode item, HostHooks hooks) => hooks.Asks == HookHost.Cursor
        ? item["command"] is { } line && Wrapper.IsHook(line.Text, hooks.Word)
        : item["hooks"]?.Items is [var only] && only["command"] is { } command && Wrapper.IsHook(command.Text, hooks.Word);

    private static string EntryOf(HostHooks hooks, string name, string line) => hooks.Asks == HookHost.Cursor
        ? $$"""{ "command": "{{line}}", "timeout": {{TimeoutSeconds}}, "failClosed": true }"""
        : $$"""{ {{(name.EndsWith("ToolUse", StringComparison.Ordinal) ? "\"matcher\": \"*\", " : "")}}"hooks": [{ "type": "command", "command": "{{line}}", "timeout": {{TimeoutSeconds}} }] }""";
}

namespace Postern.Engine.Detection.Tools.Definitions;

/// <summary>The rules about what servers say of their tools that no wording decides, and about calls of tools that were never listed.</summary>
public static class DefinitionRules
{
    /// <summary>A definition is not the one that was pinned.</summary>
    public static Rule Changed { get; } = Of("tool.definition.changed", "Definition that changed since it was pinned", Severity.Critical,
        "Look at the change with 'postern mcp pins show SERVER', then approve it with 'postern mcp pins approve SERVER' or stop using the server.");

    /// <summary>A definition that a known server did not have before.</summary>
    public static Rule Added { get; } = Of("tool.definition.added", "New definition of a known server", Severity.Low,
        "It was pinned; look at it with 'postern mcp pins show SERVER'.");

    /// <summary>Two definitions of one name in one list.</summary>
    public static Rule Doubled { get; } = Of("tool.definition.doubled", "Two definitions of one name", Severity.High,
        "The server must give each tool a name of its own; which of them a call means nobody can tell.");

    /// <summary>A name that people and models read as another one.</summary>
    public static Rule LookAlike { get; } = Of("tool.definition.look-alike", "Name that looks like that of another tool", Severity.High,
        "Ask the server's author for a plain ASCII name, or remove the server.");

    /// <summary>The name of a tool of another server.</summary>
    public static Rule Shadowing { get; } = new("tool.definition.shadowing", "Tool called like one of another server", RuleCategory.Tool, Severity.Low, Confidence.Medium,
        "If the client does not tell the servers' tools apart, use only one of the servers.");

    /// <summary>A parameter whose name asks for what must not leave.</summary>
    public static Rule Parameter { get; } = new("tool.definition.parameter", "Parameter that asks for secrets or for the conversation", RuleCategory.Tool, Severity.Medium, Confidence.Medium,
        "Find out what the server does with it before an agent fills it in.");

    /// <summary>A definition that cannot be compared, or too many of them.</summary>
    public static Rule Uncomparable { get; } = Of("tool.definition.uncomparable", "Definition that cannot be compared", Severity.Critical,
        "The server must send plain JSON of ordinary size; more is not pinned and so not let through.");

    /// <summary>The pins cannot be read or kept.</summary>
    public static Rule PinsLost { get; } = Of("tool.definition.pins-lost", "Pins cannot be read or kept", Severity.Critical,
        "Repair the pins directory in Postern's home, or remove the server's file there to pin it anew.");

    /// <summary>A call of a tool that the server did not list.</summary>
    public static Rule Unlisted { get; } = Of("tool.session.unlisted", "Tool that the server never listed", Severity.Critical,
        "List the server's tools again and call one of them.");

    /// <summary>A call before anything was listed.</summary>
    public static Rule NoBaseline { get; } = Of("tool.session.no-baseline", "Call before the server listed its tools", Severity.Critical,
        "List the server's tools first, so that their descriptions are inspected.");

    /// <summary>All of them, for the catalogue.</summary>
    public static IEnumerable<Rule> All => [Changed, Added, Doubled, LookAlike, Shadowing, Parameter, Uncomparable, PinsLost, Unlisted, NoBaseline];

    private static Rule Of(string id, string title, Severity severity, string remedy) => new(id, title, RuleCategory.Tool, severity, Confidence.High, remedy);
}

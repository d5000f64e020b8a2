namespace Postern.Transports.Hooks;

/// <summary>Whose hooks are answered: each host has events and answers of its own.</summary>
public enum HookHost : byte
{
    /// <summary>Claude Code, and VS Code, which asks the same way.</summary>
    Claude,

    /// <summary>Cursor.</summary>
    Cursor,
}

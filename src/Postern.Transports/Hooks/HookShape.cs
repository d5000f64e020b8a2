namespace Postern.Transports.Hooks;

/// <summary>How a host is told no.</summary>
internal enum HookShape : byte
{
    /// <summary>In every way at once: the event could not be read.</summary>
    Every,

    /// <summary>May the call be made: denied, or asked of the user.</summary>
    Permission,

    /// <summary>May what the user wrote be sent.</summary>
    Prompt,

    /// <summary>It has happened already; the model is told, and of a tool's result the host may show another.</summary>
    Result,
}

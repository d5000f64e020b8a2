namespace Postern.Transports.Hooks;

/// <summary>One event of a host: what of it is looked at, and how it is answered.</summary>
/// <param name="Event">The host's name for it.</param>
/// <param name="Shape">How it is refused.</param>
internal sealed record HookRow(string Event, HookShape Shape)
{
    /// <summary>The tool that is called, where the event itself says which; empty where a member names it.</summary>
    public string Tool { get; init; } = "";

    /// <summary>The members that are the arguments of <see cref="Tool"/>.</summary>
    public string[] Arguments { get; init; } = [];

    /// <summary>True when <c>tool_name</c> and <c>tool_input</c> are a call.</summary>
    public bool NamesCall { get; init; }

    /// <summary>The member that goes to the model, and was written by a tool or stands in a file; empty for none.</summary>
    public string Brings { get; init; } = "";

    /// <summary>The member that the user wrote; empty for none.</summary>
    public string Says { get; init; } = "";

    /// <summary>True when nothing is asked: something begins, ends or is told.</summary>
    public bool IsNotice => !NamesCall && Tool.Length + Brings.Length + Says.Length == 0;
}

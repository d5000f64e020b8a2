namespace Postern.Engine.Configuration;

/// <summary>One thing that is wrong, or worth a warning, in a configuration file. Never contains a value from the file.</summary>
/// <param name="File">The file's name as the caller gave it.</param>
/// <param name="Line">1-based line; 1 when the issue is about something that is absent.</param>
/// <param name="Column">1-based column.</param>
/// <param name="Key">The full key, for example <c>fetch_proxy.listen</c>; empty when it is about the whole file.</param>
/// <param name="Message">What is wrong and what to write instead.</param>
public sealed record ConfigIssue(string File, int Line, int Column, string Key, string Message)
{
    /// <summary>The line that compilers print: <c>file:line:column: key: message</c>.</summary>
    public override string ToString() =>
        Key.Length == 0 ? $"{File}:{Line}:{Column}: {Message}" : $"{File}:{Line}:{Column}: {Key}: {Message}";
}

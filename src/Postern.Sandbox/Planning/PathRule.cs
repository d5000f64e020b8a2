namespace Postern.Sandbox.Planning;

/// <summary>What may be done beneath a path; the longest path that covers a file decides.</summary>
/// <param name="Path">Absolute, without symbolic links.</param>
/// <param name="Access">What may be done.</param>
public sealed record PathRule(string Path, Access Access)
{
    /// <summary>True where nothing may be executed.</summary>
    public bool IsData { get; init; }

    /// <summary>True when <paramref name="path"/> is this rule's path or lies beneath it.</summary>
    public bool Covers(string path) =>
        path.StartsWith(Path, StringComparison.Ordinal) && (path.Length == Path.Length || Path == "/" || path[Path.Length] == '/');
}

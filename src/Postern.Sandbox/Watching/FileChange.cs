using Postern.Sandbox.Peers;

namespace Postern.Sandbox.Watching;

/// <summary>Something happened to a name in a watched folder.</summary>
/// <param name="Root">The folder that was named to be watched.</param>
/// <param name="Relative">The file below it.</param>
public readonly record struct FileChange(GuardedFolder Root, string Relative)
{
    /// <summary>True when the name is gone.</summary>
    public bool IsRemoved { get; init; }

    /// <summary>Who had it open when the change was seen; null when nobody was seen.</summary>
    public LocalProcess? Holder { get; init; }
}

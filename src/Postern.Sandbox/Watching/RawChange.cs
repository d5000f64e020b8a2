namespace Postern.Sandbox.Watching;

/// <summary>One event of inotify (linux/inotify.h).</summary>
/// <param name="Watch">The number of the watched folder; -1 for the queue itself.</param>
/// <param name="Mask">What happened.</param>
/// <param name="Name">Of what in the folder; empty for the folder itself.</param>
internal readonly record struct RawChange(int Watch, uint Mask, string Name);

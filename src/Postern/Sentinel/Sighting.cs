using Postern.Engine.Evidence;
using Postern.Program.Scanning.Files;
using Postern.Sandbox.Watching;

namespace Postern.Program.Sentinel;

/// <summary>A file as it was when it was read.</summary>
/// <param name="Root">The watched folder.</param>
/// <param name="Relative">The file below it.</param>
internal sealed record Sighting(GuardedFolder Root, string Relative)
{
    /// <summary>True when it steers agents and is not what it was.</summary>
    public bool Steers { get; init; }

    /// <summary>Which file it is; null when there is none any more, or only a link.</summary>
    public FileIdentity? Identity { get; init; }

    /// <summary>True when a link stands in its place.</summary>
    public bool IsLink { get; init; }

    /// <summary>What it holds; empty for what is no text.</summary>
    public ReadOnlyMemory<byte> Text { get; init; }

    /// <summary>Bytes at its end that were not looked at.</summary>
    public long Unread { get; init; }

    /// <summary>What there is to object to in it.</summary>
    public IReadOnlyList<FileFinding> Found { get; init; } = [];

    /// <summary>True when its name alone is refused; then nothing repeats the name.</summary>
    public bool IsNameRefused { get; init; }

    /// <summary>True when there is something to judge.</summary>
    public bool IsOfInterest => Steers || IsNameRefused || Found.Count > 0;

    /// <summary>Who wrote it, as the kernel says; null when it does not.</summary>
    public PeerProcess? Writer { get; init; }

    /// <summary>Who had it open when it changed: the writer, or somebody who inherited it. Null when nobody was seen.</summary>
    public PeerProcess? Holder { get; init; }

    /// <summary>What was done to it, in one word.</summary>
    public string Verb => Identity is not null ? "WRITE" : IsLink ? "LINK" : "REMOVE";
}

using Postern.Engine.Flow;

namespace Postern.Transports.Files;

/// <summary>A piece of a file that was written.</summary>
/// <param name="Verb">What was done to the file, in one word.</param>
/// <param name="Path">The file, as it is shown to whoever is asked.</param>
/// <param name="Bytes">The piece; empty for a file that is gone.</param>
/// <param name="Direction">Outbound for what leaves the agent by being written, inbound for what agents are going to read.</param>
public sealed record WrittenText(string Verb, string Path, ReadOnlyMemory<byte> Bytes, Direction Direction)
{
    /// <summary>True when it is to be judged that the file steers agents.</summary>
    public bool Steers { get; init; }
}

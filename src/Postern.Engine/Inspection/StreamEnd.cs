using Postern.Engine.Flow;

namespace Postern.Engine.Inspection;

/// <summary>How a stream or tunnel ended.</summary>
/// <param name="Message">What it carried.</param>
/// <param name="Direction">Which way.</param>
/// <param name="How">In a word: complete, refused, broken, or a tunnel's reason.</param>
internal readonly record struct StreamEnd(MessageKind Message, Direction Direction, string How)
{
    /// <summary>Bytes that passed unread.</summary>
    public long OpaqueBytes { get; init; }
}

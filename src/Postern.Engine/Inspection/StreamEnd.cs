using Postern.Engine.Flow;

namespace Postern.Engine.Inspection;

/// <summary>How a stream or tunnel ended.</summary>
/// <param name="Message">What it carried.</param>
/// <param name="Direction">Which way.</param>
/// <param name="Outcome">How.</param>
internal readonly record struct StreamEnd(MessageKind Message, Direction Direction, StreamOutcome Outcome)
{
    /// <summary>Bytes that passed unread.</summary>
    public long OpaqueBytes { get; init; }
}

using Postern.Engine.Detection.Destination;
using Postern.Engine.Flow;

namespace Postern.Engine.Inspection;

/// <summary>
/// The right to release one message once. Only the inspector makes one, and only after the evidence was kept. The default
/// value, and a second <see cref="Take"/> on any copy, throw.
/// </summary>
public readonly struct Cleared
{
    private readonly Message? _message;

    internal Cleared(Message message, JudgedDestination? destination)
    {
        _message = message;
        Destination = destination;
    }

    /// <summary>Where the message may go; null for messages towards the agent.</summary>
    public JudgedDestination? Destination { get; }

    /// <summary>True when the message is an edited copy of the one that was handed in, so that the original must not pass in its place.</summary>
    public bool IsEdited { get; internal init; }

    /// <summary>Hands the message over to be sent; the taker disposes it.</summary>
    /// <exception cref="InvalidOperationException">There is no message, or it was taken before.</exception>
    public Message Take() =>
        _message is not null && _message.TryTake()
            ? _message
            : throw new InvalidOperationException("A message is released once, and only when it was cleared.");
}

namespace Postern.Engine.Monitoring;

/// <summary>The states of sessions cannot be read or kept now: the message that needed them is refused (<c>operation.state-unavailable</c>).</summary>
public sealed class StateUnavailableException : Exception
{
    /// <summary>Why, for people; never anything of a credential.</summary>
    public StateUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>The same, after another failure.</summary>
    public StateUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

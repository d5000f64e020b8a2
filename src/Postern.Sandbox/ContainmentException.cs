namespace Postern.Sandbox;

/// <summary>A command could not be contained as it was to be; nothing was started. The message is for people.</summary>
public sealed class ContainmentException : Exception
{
    /// <summary>With what is to be said.</summary>
    public ContainmentException(string message)
        : base(message)
    {
    }

    /// <summary>With what is to be said and what it comes from.</summary>
    public ContainmentException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Without anything to say.</summary>
    public ContainmentException()
    {
    }
}

namespace Postern.Engine.Evidence;

/// <summary>A record could not be kept. The message it stands for is refused, and so is everything after it.</summary>
public sealed class EvidenceLostException : Exception
{
    /// <summary>Says what failed; the message never contains content.</summary>
    public EvidenceLostException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

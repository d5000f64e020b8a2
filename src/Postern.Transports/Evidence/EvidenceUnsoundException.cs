namespace Postern.Transports.Evidence;

/// <summary>Evidence cannot be kept here from the start: what is there does not verify, or the key or directory cannot be used.</summary>
public class EvidenceUnsoundException : Exception
{
    /// <summary>Says what is wrong and what to do next; never contains content or key bytes.</summary>
    public EvidenceUnsoundException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

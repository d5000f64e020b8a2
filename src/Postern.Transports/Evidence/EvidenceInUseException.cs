namespace Postern.Transports.Evidence;

/// <summary>Another process keeps evidence in the directory.</summary>
public sealed class EvidenceInUseException : EvidenceUnsoundException
{
    /// <summary>Says which directory, and what to do.</summary>
    public EvidenceInUseException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

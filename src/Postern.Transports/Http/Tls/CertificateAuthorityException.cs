namespace Postern.Transports.Http.Tls;

/// <summary>The certificate authority cannot be used; the message says which file and what to do. Never contains key material.</summary>
public sealed class CertificateAuthorityException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public CertificateAuthorityException() { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which file, what is wrong, what to do.</param>
    public CertificateAuthorityException(string message) : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which file, what is wrong, what to do.</param>
    /// <param name="innerException">What the platform said.</param>
    public CertificateAuthorityException(string message, Exception innerException) : base(message, innerException) { }
}

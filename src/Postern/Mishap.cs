using Postern.Engine.Evidence;
using Postern.Sandbox;
using Postern.Transports.Evidence;
using Postern.Transports.Http.Tls;

namespace Postern.Program;

/// <summary>What fails because of the machine or of what lies on it: its message is for people, and no trace of calls explains it better.</summary>
internal static class Mishap
{
    /// <summary>Whether <paramref name="e"/> is one.</summary>
    public static bool Is(Exception e) => e is IOException or UnauthorizedAccessException
        or EvidenceUnsoundException or EvidenceLostException or CertificateAuthorityException or ContainmentException;
}

namespace Postern.Transports.Tests.Conformance;

/// <summary>What a transport can carry at all; a scenario that needs more does not apply to it.</summary>
[Flags]
internal enum Capability
{
    None = 0,

    /// <summary>Requests of any method, with headers and bodies.</summary>
    Uploads = 1,

    /// <summary>Responses while they arrive.</summary>
    Streams = 2,
}

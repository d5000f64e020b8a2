namespace Postern.Transports.Tests.Conformance;

/// <summary>What a transport can carry at all; a scenario that needs more does not apply to it.</summary>
[Flags]
internal enum Capability
{
    None = 0,

    /// <summary>Requests whose responses are read.</summary>
    Http = 1,

    /// <summary>Requests of any method, with headers and bodies.</summary>
    Uploads = 2,

    /// <summary>Responses while they arrive.</summary>
    Streams = 4,

    /// <summary>What passes is looked at; false only where the policy says that it stays opaque.</summary>
    Reads = 8,

    /// <summary>A conversation outlasts one message, and has a far end.</summary>
    Lasts = 16,

    /// <summary>What is cleared is what is sent on, so an edited message can take the place of the one that came.</summary>
    Edits = 32,

    /// <summary>Requests for any host; false where the operator says which server it is.</summary>
    Roams = 64,

    /// <summary>Postern goes to the far end itself; false where whoever asks does, and can be told nothing once a message began to pass.</summary>
    Dials = 128,
}

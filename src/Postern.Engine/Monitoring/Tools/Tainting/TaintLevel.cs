namespace Postern.Engine.Monitoring.Tools.Tainting;

/// <summary>Whose text an agent has read.</summary>
internal enum TaintLevel : byte
{
    /// <summary>Nobody's, or that of configured servers only.</summary>
    Trusted,

    /// <summary>Text of strangers.</summary>
    Untrusted,

    /// <summary>Text that tried to take over the model and was let through.</summary>
    Hostile,
}

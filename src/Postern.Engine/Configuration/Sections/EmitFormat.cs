namespace Postern.Engine.Configuration.Sections;

/// <summary>How an event is written for a sink.</summary>
public enum EmitFormat : byte
{
    /// <summary>Postern's own: the fields of the log, and which instance says it.</summary>
    Json,

    /// <summary>OCSF 1.3: detection findings and HTTP activity.</summary>
    Ocsf,
}

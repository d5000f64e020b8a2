namespace Postern.Engine.Monitoring.Tools.Flow;

/// <summary>How much it matters where something came from; the order is that of importance.</summary>
internal enum SourceKind : byte
{
    /// <summary>Nothing that is remembered.</summary>
    None,

    /// <summary>The network: text of strangers, and no secret.</summary>
    Fetched,

    /// <summary>A file or record that need not be private.</summary>
    File,

    /// <summary>A database, an environment, a picture of the screen.</summary>
    Private,

    /// <summary>Something that holds a credential.</summary>
    Secret,
}

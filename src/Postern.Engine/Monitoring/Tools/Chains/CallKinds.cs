namespace Postern.Engine.Monitoring.Tools.Chains;

/// <summary>What a call of a tool does, as far as its name and its arguments tell. A call may do several things at once.</summary>
[Flags]
internal enum CallKinds : ushort
{
    /// <summary>Nothing that chains are made of.</summary>
    None = 0,

    /// <summary>Returns what is stored somewhere.</summary>
    Read = 1,

    /// <summary>Changes a file or a record.</summary>
    Write = 1 << 1,

    /// <summary>Runs a program.</summary>
    Exec = 1 << 2,

    /// <summary>Carries something to the network.</summary>
    Send = 1 << 3,

    /// <summary>Brings something from the network.</summary>
    Fetch = 1 << 4,

    /// <summary>Shows the environment of a process.</summary>
    Environment = 1 << 5,

    /// <summary>Shows what there is to read.</summary>
    List = 1 << 6,

    /// <summary>Makes something start again later.</summary>
    Persist = 1 << 7,

    /// <summary>Shows a credential.</summary>
    Secret = 1 << 8,

    /// <summary>Takes a picture of a screen or page.</summary>
    Screenshot = 1 << 9,

    /// <summary>Asks a database.</summary>
    Database = 1 << 10,

    /// <summary>Anything that reaches the network.</summary>
    Network = Send | Fetch,
}

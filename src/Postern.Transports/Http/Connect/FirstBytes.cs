namespace Postern.Transports.Http.Connect;

/// <summary>What a connection started with.</summary>
internal enum FirstBytes
{
    /// <summary>Not known yet.</summary>
    Unknown = 0,

    /// <summary>A CONNECT head that must be refused.</summary>
    Bad,

    /// <summary>A CONNECT head that did not arrive in time.</summary>
    Late,

    /// <summary>The client closed, said nothing in time, or the server stops.</summary>
    Gone,

    /// <summary>Something other than CONNECT.</summary>
    Other,

    /// <summary>A whole CONNECT head.</summary>
    Head,
}

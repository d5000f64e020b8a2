namespace Postern.Transports.Socks;

/// <summary>Which message of a client comes next.</summary>
internal enum SocksStep
{
    /// <summary>The ways to sign in that it knows (RFC 1928 §3).</summary>
    Greeting = 0,

    /// <summary>Name and password (RFC 1929 §2).</summary>
    SignIn,

    /// <summary>What it wants (RFC 1928 §4).</summary>
    Request,
}

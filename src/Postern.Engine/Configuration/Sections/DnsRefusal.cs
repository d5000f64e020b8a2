namespace Postern.Engine.Configuration.Sections;

/// <summary>What a name that the policy refuses is answered with.</summary>
public enum DnsRefusal : byte
{
    /// <summary>REFUSED: clients see that somebody said no.</summary>
    Refused,

    /// <summary>NXDOMAIN: clients stop asking.</summary>
    NameError,
}

namespace Postern.Engine.Configuration.Sections;

/// <summary>Whether TLS tunnels are opened and inspected.</summary>
public enum InterceptionMode : byte
{
    /// <summary>Always; a missing CA stops the program.</summary>
    On,

    /// <summary>When the CA of the home directory exists.</summary>
    Auto,

    /// <summary>Never.</summary>
    Off,
}

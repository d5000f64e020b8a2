namespace Postern.Engine.Configuration.Sections;

/// <summary>What an address that is not on the list does to a message. Zero is the strictest.</summary>
public enum AddressAction : byte
{
    /// <summary>The message is refused.</summary>
    Block,

    /// <summary>It is recorded.</summary>
    Warn,

    /// <summary>Nothing; it is not even recorded.</summary>
    Allow,
}

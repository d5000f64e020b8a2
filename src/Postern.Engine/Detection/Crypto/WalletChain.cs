namespace Postern.Engine.Detection.Crypto;

/// <summary>A chain whose addresses are known.</summary>
internal enum WalletChain : byte
{
    /// <summary>Ethereum and its relatives.</summary>
    Ethereum,

    /// <summary>Bitcoin.</summary>
    Bitcoin,

    /// <summary>Solana.</summary>
    Solana,

    /// <summary>BNB Beacon Chain.</summary>
    Bnb,
}

namespace Postern.Engine.Detection.Crypto;

/// <summary>Rules about wallets.</summary>
internal static class CryptoRules
{
    /// <summary>BIP-39 words that open a wallet.</summary>
    public static readonly Rule SeedPhrase = new(
        "secret.crypto.seed-phrase",
        "Seed phrase of a wallet",
        RuleCategory.Secret,
        Severity.Critical,
        Confidence.High,
        "Move the funds to a new wallet if the phrase has left this machine; no service asks for it.");

    /// <summary>A key pair as Solana's tools write it.</summary>
    public static readonly Rule SolanaKeyPair = new(
        "secret.crypto.solana-key-pair",
        "Solana key pair",
        RuleCategory.Secret,
        Severity.Critical,
        Confidence.Certain,
        "Move the funds to a new key if the pair has left this machine.");

    /// <summary>An address that only looks like an allowed one.</summary>
    public static readonly Rule LookAlike = new(
        "destination.address-look-alike",
        "Address that looks like an allowed one",
        RuleCategory.Destination,
        Severity.Critical,
        Confidence.High,
        "Compare every character with the address you mean; if this one is meant, add it to address_protection.allowed_addresses.");

    /// <summary>Any other address.</summary>
    public static readonly Rule UnknownAddress = new(
        "destination.address-unknown",
        "Address that is not on the list",
        RuleCategory.Destination,
        Severity.Medium,
        Confidence.High,
        "If the address is meant, add it to address_protection.allowed_addresses.");

    /// <summary>All of them.</summary>
    public static IEnumerable<Rule> All => [SeedPhrase, SolanaKeyPair, LookAlike, UnknownAddress];
}

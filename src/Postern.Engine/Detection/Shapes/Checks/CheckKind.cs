namespace Postern.Engine.Detection.Shapes.Checks;

/// <summary>An offline proof that a shaped value is what it looks like. The numbers are written in rule tables: append only. Rules call them by their <see cref="EnumWords{T}"/>.</summary>
internal enum CheckKind : byte
{
    /// <summary>The shape is the only evidence.</summary>
    None,

    /// <summary>Last six base62 digits are the CRC-32 of the body before them (GitHub, npm, Vercel).</summary>
    Crc32Base62,

    /// <summary>Six base62 digits after the last underscore are the CRC-32 of all before it (Matrix Synapse).</summary>
    Crc32Base62Token,

    /// <summary>The same with the digits least significant first (Matrix Authentication Service).</summary>
    Crc32Base62Reversed,

    /// <summary>Eight hex digits after the last underscore are the CRC-32 of the field before it (Zuplo).</summary>
    Crc32Hex,

    /// <summary>Eight hex digits after the last underscore are the little-endian CRC-32 of all before it (Grafana).</summary>
    Crc32HexLe,

    /// <summary>Last six base64 digits are the little-endian CRC-32 of the body before them (Confluent).</summary>
    Crc32Base64,

    /// <summary>Last seven base36 digits are the CRC-32 of the token before them (GitLab routable tokens).</summary>
    Crc32Base36,

    /// <summary>Payment card: Luhn, issuer range and length.</summary>
    Luhn,

    /// <summary>IBAN: country length and mod 97.</summary>
    Mod97,

    /// <summary>US routing number: weights 3-7-1 and the prefix list.</summary>
    Aba,

    /// <summary>US social security number: area, group and serial that were ever issued.</summary>
    Ssn,

    /// <summary>Bitcoin wallet import format: base58check, version 0x80, 32 bytes of key.</summary>
    Wif,

    /// <summary>Base58check of 78 bytes: BIP-32 extended keys.</summary>
    ExtendedKey,

    /// <summary>Bech32 with whatever stands before the last 1 as prefix (age).</summary>
    Bech32,

    /// <summary>First part decodes to a JSON object with a string member alg.</summary>
    JwtHeader,

    /// <summary>The body's base64 decodes to the beginning of a JSON object.</summary>
    Base64Json,

    /// <summary>Microsoft identifiable key: Marvin32 checksum in the last four bytes.</summary>
    AzureKey,

    /// <summary>Microsoft annotated key (CASK).</summary>
    AzureCask,

    /// <summary>Entra ID application password.</summary>
    EntraPassword,

    /// <summary>Telegram bot token: id in range, canonical base64url secret.</summary>
    Telegram,

    /// <summary>Discord bot token: first part is a snowflake.</summary>
    Discord,

    /// <summary>Azure DevOps token of the older form: base32 with a CRC-32 spread inside.</summary>
    AzureDevops,

    /// <summary>NATS nkey seed: base32, seed prefix, CRC-16.</summary>
    NkeySeed,

    /// <summary>Stellar secret seed: base32, version byte, CRC-16.</summary>
    StellarSeed,

    /// <summary>Bech32m with whatever stands before the last 1 as prefix.</summary>
    Bech32m,

    /// <summary>Base58 whose last four bytes are the double SHA-256 of the others, of any version and length.</summary>
    Base58check,

    /// <summary>XRP ledger family seed: base58check over the ledger's own order of digits.</summary>
    RippleSeed,

    /// <summary>Verhoeff's decimal check (Aadhaar).</summary>
    Verhoeff,
}

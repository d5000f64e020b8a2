namespace Postern.Engine.Detection.Shapes.Checks;

/// <summary>What runs the checks.</summary>
internal static class CheckCatalogue
{
    /// <summary>Runs a check over the whole match and its body (the match without a leading literal).</summary>
    public static bool Passes(CheckKind kind, ReadOnlySpan<byte> token, ReadOnlySpan<byte> body) => kind switch
    {
        CheckKind.Crc32Base62 => Crc32Checks.Base62Tail(body),
        CheckKind.Crc32Base62Token => Crc32Checks.Base62AfterUnderscore(token, reversed: false),
        CheckKind.Crc32Base62Reversed => Crc32Checks.Base62AfterUnderscore(token, reversed: true),
        CheckKind.Crc32Hex => Crc32Checks.HexAfterUnderscore(token, body, littleEndian: false),
        CheckKind.Crc32HexLe => Crc32Checks.HexAfterUnderscore(token, body, littleEndian: true),
        CheckKind.Crc32Base64 => Crc32Checks.Base64Tail(body),
        CheckKind.Crc32Base36 => Crc32Checks.Base36Tail(token),
        CheckKind.Luhn => PaymentCard.Passes(token),
        CheckKind.Mod97 => Iban.Passes(token),
        CheckKind.Aba => RoutingNumber.Passes(token),
        CheckKind.Ssn => SocialSecurityNumber.Passes(token),
        CheckKind.Wif => Base58Check.IsWif(token),
        CheckKind.ExtendedKey => Base58Check.IsExtendedKey(token),
        CheckKind.Bech32 => Bech32.Passes(token, modified: false),
        CheckKind.JwtHeader => JwtHeader.Passes(token),
        CheckKind.Base64Json => Base64Text.StartsJsonObject(token),
        CheckKind.AzureKey => AzureKey.IsIdentifiable(token),
        CheckKind.AzureCask => AzureKey.IsCask(token),
        CheckKind.EntraPassword => AzureKey.IsEntraPassword(token),
        CheckKind.Telegram => TelegramToken.Passes(token),
        CheckKind.Discord => DiscordToken.Passes(token),
        CheckKind.AzureDevops => Base32Key.IsDevOpsToken(token),
        CheckKind.NkeySeed => Base32Key.IsNkeySeed(token),
        CheckKind.StellarSeed => Base32Key.IsStellarSeed(token),
        CheckKind.Bech32m => Bech32.Passes(token, modified: true),
        CheckKind.Base58check => Base58Check.Passes(token),
        CheckKind.RippleSeed => Base58Check.IsRippleSeed(token),
        CheckKind.Verhoeff => Verhoeff.Passes(token),
        _ => false,
    };
}

namespace Postern.Engine.Detection.Shapes.Checks;

/// <summary>The names rules use for checks, and what runs them.</summary>
internal static class CheckCatalogue
{
    private static readonly (string Name, CheckKind Kind)[] s_named =
    [
        ("crc32-base62", CheckKind.Crc32Base62),
        ("crc32-base62-token", CheckKind.Crc32Base62Token),
        ("crc32-base62-reversed", CheckKind.Crc32Base62Reversed),
        ("crc32-hex", CheckKind.Crc32Hex),
        ("crc32-hex-le", CheckKind.Crc32HexLittleEndian),
        ("crc32-base64", CheckKind.Crc32Base64),
        ("crc32-base36", CheckKind.Crc32Base36),
        ("luhn", CheckKind.Luhn),
        ("mod97", CheckKind.Mod97),
        ("aba", CheckKind.Aba),
        ("ssn", CheckKind.Ssn),
        ("wif", CheckKind.Wif),
        ("extended-key", CheckKind.ExtendedKey),
        ("bech32", CheckKind.Bech32),
        ("jwt-header", CheckKind.JwtHeader),
        ("base64-json", CheckKind.Base64Json),
        ("azure-key", CheckKind.AzureKey),
        ("azure-cask", CheckKind.AzureCask),
        ("entra-password", CheckKind.EntraPassword),
        ("telegram", CheckKind.Telegram),
        ("discord", CheckKind.Discord),
        ("azure-devops", CheckKind.AzureDevOps),
        ("nkey-seed", CheckKind.NkeySeed),
        ("stellar-seed", CheckKind.StellarSeed),
        ("bech32m", CheckKind.Bech32m),
        ("base58check", CheckKind.Base58Check),
        ("ripple-seed", CheckKind.RippleSeed),
        ("verhoeff", CheckKind.Verhoeff),
    ];

    public static string KnownNames => string.Join(", ", s_named.Select(n => n.Name));

    public static bool TryFind(string name, out CheckKind kind)
    {
        foreach (var (known, value) in s_named)
        {
            if (known == name)
            {
                kind = value;
                return true;
            }
        }

        kind = CheckKind.None;
        return false;
    }

    /// <summary>Runs a check over the whole match and its body (the match without a leading literal).</summary>
    public static bool Passes(CheckKind kind, ReadOnlySpan<byte> token, ReadOnlySpan<byte> body) => kind switch
    {
        CheckKind.Crc32Base62 => Crc32Checks.Base62Tail(body),
        CheckKind.Crc32Base62Token => Crc32Checks.Base62AfterUnderscore(token, reversed: false),
        CheckKind.Crc32Base62Reversed => Crc32Checks.Base62AfterUnderscore(token, reversed: true),
        CheckKind.Crc32Hex => Crc32Checks.HexAfterUnderscore(token, body, littleEndian: false),
        CheckKind.Crc32HexLittleEndian => Crc32Checks.HexAfterUnderscore(token, body, littleEndian: true),
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
        CheckKind.AzureDevOps => Base32Key.IsDevOpsToken(token),
        CheckKind.NkeySeed => Base32Key.IsNkeySeed(token),
        CheckKind.StellarSeed => Base32Key.IsStellarSeed(token),
        CheckKind.Bech32m => Bech32.Passes(token, modified: true),
        CheckKind.Base58Check => Base58Check.Passes(token),
        CheckKind.RippleSeed => Base58Check.IsRippleSeed(token),
        CheckKind.Verhoeff => Verhoeff.Passes(token),
        _ => false,
    };
}

using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Crypto;

namespace Postern.Engine.Configuration;

/// <summary>What looks for seed phrases, key pairs and addresses of wallets.</summary>
internal static class CryptoCompiler
{
    /// <summary>The detectors that the configuration asks for.</summary>
    public static IEnumerable<IDetector> Compile(PosternConfig config, List<string> errors)
    {
        var found = new List<IDetector>();
        if (config.SeedPhraseDetection is { Enabled: true } seeds)
        {
            found.Add(new SeedPhraseDetector((seeds.MinWords + SeedPhrase.Step - 1) / SeedPhrase.Step * SeedPhrase.Step, seeds.VerifyChecksum));
        }

        if (config.Dlp.IncludeDefaults)
        {
            found.Add(new KeyPairDetector());
        }

        if (config.AddressProtection is { Enabled: true } protection)
        {
            found.Add(new AddressDetector(AllowedAddresses(protection, errors), protection));
        }

        return found;
    }

    private static WalletAddress[] AllowedAddresses(AddressProtectionSection protection, List<string> errors)
    {
        var allowed = new List<WalletAddress>();
        foreach (var text in protection.AllowedAddresses)
        {
            if (WalletAddress.TryParse(text) is { } address)
            {
                allowed.Add(address);
            }
            else
            {
                errors.Add($"address_protection.allowed_addresses: '{text}' is no address of Ethereum, Bitcoin, Solana or BNB; check it for a typing error");
            }
        }

        return [.. allowed];
    }
}

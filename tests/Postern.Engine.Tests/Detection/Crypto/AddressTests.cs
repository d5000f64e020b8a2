using System.Text;
using Postern.Engine.Configuration;
using Postern.Engine.Detection.Crypto;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Tests.Detection.Known;

namespace Postern.Engine.Tests.Detection.Crypto;

/// <summary>Addresses are read as their chains read them, and look-alikes of allowed ones are told.</summary>
public sealed class AddressTests
{
    private const string Ethereum = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    private const string Protected = "address_protection: { enabled: true, allowed_addresses: ['" + Ethereum + "', '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2'] ";

    // The first four are from EIP-55, the others the examples of their BIPs and of the chains' own documentation.
    [Theory]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", WalletChain.Ethereum)]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", WalletChain.Ethereum)]
    [InlineData("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", WalletChain.Ethereum)]
    [InlineData("0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED", WalletChain.Ethereum)]
    [InlineData("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", WalletChain.Bitcoin)]
    [InlineData("3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", WalletChain.Bitcoin)]
    [InlineData("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", WalletChain.Bitcoin)]
    [InlineData("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", WalletChain.Bitcoin)]
    [InlineData("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", WalletChain.Bitcoin)]
    [InlineData("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA", WalletChain.Solana)]
    [InlineData("11111111111111111111111111111111", WalletChain.Solana)]
    public void Addresses_are_read(string text, object chain) =>
        Assert.Equal(chain, WalletAddress.TryParse(text)?.Chain);

    [Theory]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe")]
    [InlineData("1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3")]
    [InlineData("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5")]
    [InlineData("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7k3kvn0w")]
    [InlineData("aQuickBrownFoxJumpsOverTheLazyDogAgain")]
    public void What_has_a_typing_error_is_none(string text) =>
        Assert.Null(WalletAddress.TryParse(text));

    [Theory]
    [InlineData(Ethereum, true)]
    [InlineData("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", true)]
    [InlineData("0x5aae000000000000000000000000000000 00beaed", true)]
    [InlineData("0x5aae00000000000000000000000000000000beaed", true)]
    [InlineData("0x5aae11111111111111111111111111111111eaed", false)]
    [InlineData("0x1111111111111111111111111111111111111111", true)]
    public async Task A_look_alike_is_refused_and_nothing_else(string address, bool passes)
    {
        var world = new OwnWorld([], Protected + "}");

        var found = await world.FindAsync($"{{\"to\": \"{address}\", \"value\": 5}}");

        Assert.Equal(passes, found.Count == 0);
    }

    [Fact]
    public async Task It_says_what_looks_alike()
    {
        var world = new OwnWorld([], Protected + "}");

        var found = Assert.Single(await world.FindAsync("pay 0x5aaeb611111111111111111111111111ef1beaed now"));

        Assert.Equal("destination.address-look-alike", found.Rule.Id);
        Assert.Equal("Address that shares its first 6 and last 8 characters with the allowed 0x5aaeb6…1beaed, and is another", found.Rule.Title);
    }

    [Theory]
    [InlineData("action: warn", "0x5aaeb611111111111111111111111111ef1beaed", true)]
    [InlineData("action: allow", "0x5aaeb611111111111111111111111111ef1beaed", true)]
    [InlineData("similarity: { prefix_length: 8 }", "0x5aaeb611111111111111111111111111ef1beaed", true)]
    [InlineData("chains: { eth: false }", "0x5aaeb611111111111111111111111111ef1beaed", true)]
    [InlineData("unknown_action: block", "0x1111111111111111111111111111111111111111", false)]
    [InlineData("unknown_action: warn", "0x1111111111111111111111111111111111111111", true)]
    [InlineData("unknown_action: block", "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA", true)]
    public async Task Switches_hold(string yaml, string address, bool passes)
    {
        var world = new OwnWorld([], Protected + ", " + yaml + " }");

        Assert.Equal(passes, (await world.FindAsync("pay " + address)).Count == 0);
    }

    [Fact]
    public void An_allowed_address_with_a_typing_error_is_an_error()
    {
        var read = ConfigReader.Read("address_protection: { enabled: true, allowed_addresses: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD'] }", "f");

        Assert.Single(PolicyCompiler.Compile(read.Config!).Errors);
    }

    [Fact]
    public async Task A_key_pair_of_solana_is_told_from_any_other_array()
    {
        var pair = new byte[64];
        new Random(1).NextBytes(pair);
        new ManagedEd25519().DerivePublicKey(pair.AsSpan(0, 32), pair.AsSpan(32));
        var world = new OwnWorld([]);

        foreach (var separator in new[] { ",", ", ", ",\n  " })
        {
            Assert.Contains(await world.FindAsync($"[{string.Join(separator, pair)}]"), static finding => finding.Rule == CryptoRules.SolanaKeyPair);
        }

        Assert.NotEmpty(await world.FindAsync(Convert.ToBase64String(Encoding.ASCII.GetBytes($"[{string.Join(',', pair)}]"))));
        pair[63] ^= 1;
        Assert.Empty(await world.FindAsync($"[{string.Join(',', pair)}]"));
        Assert.Empty(await world.FindAsync("[" + string.Join(',', Enumerable.Repeat("[1,2,300]", 50)) + "]"));
    }

    [Fact]
    public void Keccak_is_the_one_of_ethereum()
    {
        var hash = new byte[Keccak256.HashBytes];
        Keccak256.Hash([], hash);
        Assert.Equal("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470", Convert.ToHexStringLower(hash));
        Keccak256.Hash("testing"u8, hash);
        Assert.Equal("5f16f4c7f149ac4f9510d9cf8cf384038ad348b3bcdc01915f95de12df9d1b02", Convert.ToHexStringLower(hash));
    }
}

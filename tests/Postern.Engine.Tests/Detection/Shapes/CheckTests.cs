using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Shapes.Checks;
using Postern.Engine.Tests.Detection.Rules;

namespace Postern.Engine.Tests.Detection.Shapes;

public sealed class CheckTests
{
    public static TheoryData<string> CheckedIds =>
    [
        "secret.github.token", "secret.npm.access-token", "secret.zuplo.consumer-key", "secret.grafana.service-account-token", "secret.confluent.api-secret",
        "secret.matrix.synapse-token", "secret.matrix.mas-token", "secret.gitlab.routable-token", "secret.pii.card-number", "secret.pii.iban",
        "secret.bitcoin.wif", "secret.bitcoin.extended-key", "secret.age.identity", "secret.jwt.token", "secret.azure.servicebus-key", "secret.azure.storage-key",
        "secret.azure.container-registry-key", "secret.azure.cask-key", "secret.azure.entra-client-secret", "secret.telegram.bot-token", "secret.discord.bot-token",
        "secret.azure.devops-pat-legacy", "secret.azure.functions-key", "secret.azure.ml-classic-key", "secret.nats.nkey-seed", "secret.vercel.personal-token",
        "secret.crypto.stellar.secret-seed", "secret.crypto.xrp.family-seed", "secret.crypto.btc.bip38", "secret.crypto.tezos.secret", "secret.crypto.bip32.test-key",
        "secret.crypto.cardano.root-key", "secret.crypto.zcash.secret", "secret.crypto.nostr.secret-key", "secret.crypto.sui.private-key", "secret.age.plugin-identity",
    ];

    [Theory]
    [MemberData(nameof(CheckedIds))]
    public void A_passed_check_makes_the_finding_certain(string id)
    {
        foreach (var example in RuleFiles.Find(id).Examples)
        {
            var hits = Scan(example).Where(h => h.Rule.Id == id).ToArray();
            Assert.Contains(hits, h => h.Confidence == Confidence.Certain);
        }
    }

    [Theory]
    [InlineData("secret.pii.card-number")]
    [InlineData("secret.pii.iban")]
    [InlineData("secret.bitcoin.wif")]
    [InlineData("secret.age.identity")]
    [InlineData("secret.confluent.api-secret")]
    [InlineData("secret.azure.devops-pat-legacy")]
    [InlineData("secret.nats.nkey-seed")]
    [InlineData("secret.vercel.personal-token")]
    [InlineData("secret.crypto.stellar.secret-seed")]
    [InlineData("secret.crypto.xrp.family-seed")]
    [InlineData("secret.crypto.btc.bip38")]
    [InlineData("secret.crypto.nostr.secret-key")]
    public void A_failed_check_is_no_finding(string id)
    {
        foreach (var example in RuleFiles.Find(id).Examples)
        {
            Assert.DoesNotContain(Scan(Damage(example)), h => h.Rule.Id == id);
        }
    }

    [Theory]
    [InlineData("secret.github.token")]
    [InlineData("secret.npm.access-token")]
    [InlineData("secret.azure.storage-key")]
    public void A_failed_check_lowers_the_confidence_where_the_rule_says_so(string id)
    {
        var damaged = Damage(RuleFiles.Find(id).Examples[0]);
        Assert.Equal(Confidence.Medium, Assert.Single(Scan(damaged), h => h.Rule.Id == id).Confidence);
    }

    [Fact]
    public void An_invalid_decoy_does_not_hide_a_valid_number()
    {
        var card = RuleFiles.Find("secret.pii.card-number").Examples[0];
        Assert.Contains(Scan($"{Damage(card)} {card}"), h => h.Rule.Id == "secret.pii.card-number");
    }

    [Fact]
    public void Crc32_is_the_one_of_ieee_802_3()
    {
        Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));
        Assert.Equal(0x3610A686u, Crc32.Of("hello"u8));
    }

    [Theory]
    [InlineData("1234567893jZRME", true)]
    [InlineData("1234567893jZRMF", false)]
    [InlineData("hello0zNvy2", true)]
    [InlineData("3jZRME", false)]
    public void Base62_tail_vectors(string body, bool passes) => Assert.Equal(passes, Crc32Checks.Base62Tail(Encoding.ASCII.GetBytes(body)));

    [Theory]
    [InlineData("hellohqYQNg", true)]
    [InlineData("hellohqYQNh", false)]
    public void Base64_tail_vectors(string body, bool passes) => Assert.Equal(passes, Crc32Checks.Base64Tail(Encoding.ASCII.GetBytes(body)));

    [Theory]
    [InlineData("bzoxd_Rb5_cHeWe1JH56wr2FCBA.0r1pum4t4", true)]
    [InlineData("bzoxd_Rb5_cHeWe1JH56wr2FCBB.0r1pum4t4", false)]
    public void Base36_tail_vectors(string token, bool passes) => Assert.Equal(passes, Crc32Checks.Base36Tail(Encoding.ASCII.GetBytes(token)));

    [Fact]
    public void Reversed_base62_vector()
    {
        Assert.True(Crc32Checks.Base62AfterUnderscore("mat_kkLSacJDpek22jKWw4AcXG68b7U3W6_0Lg9yb"u8, reversed: true));
        Assert.False(Crc32Checks.Base62AfterUnderscore("mat_kkLSacJDpek22jKWw4AcXG68b7U3W6_0Lg9yc"u8, reversed: true));
    }

    [Fact]
    public void Marvin_vectors()
    {
        Assert.Equal(0x22C74339u ^ 0x492769BFu, Marvin32.Folded("abc"u8, [0xD5, 0x3C, 0xD9, 0xCE, 0xCD, 0x08, 0x93, 0xB7]));
        Assert.Equal(0xA128EB7Eu ^ 0x7260ACA2u, Marvin32.Folded("abcdefghijklmnopqrstuvwxyz"u8, [0x0D, 0xDD, 0xDE, 0xEE, 0xEF, 0xFF, 0xF0, 0x00]));
    }

    [Fact]
    public void Entra_vector()
    {
        var head = "zzz8Q~" + new string('z', 31);
        Assert.True(AzureKey.IsEntraPassword(Encoding.ASCII.GetBytes(head + "blP")));
        Assert.False(AzureKey.IsEntraPassword(Encoding.ASCII.GetBytes(head + "blQ")));
    }

    [Theory]
    [InlineData("021000021", true)]
    [InlineData("021000022", false)]
    [InlineData("500000005", false)]
    [InlineData("12345678", false)]
    public void Routing_number_vectors(string number, bool passes) => Assert.Equal(passes, RoutingNumber.Passes(Encoding.ASCII.GetBytes(number)));

    [Theory]
    [InlineData("A12UEL5L", true)]
    [InlineData("a12uel5l", true)]
    [InlineData("A12UEL5M", false)]
    [InlineData("1111111", false)]
    public void Bech32_vectors(string text, bool passes) => Assert.Equal(passes, Bech32.Passes(Encoding.ASCII.GetBytes(text), modified: false));

    [Theory]
    [InlineData("A1LQFN3A", true)]
    [InlineData("a1lqfn3a", true)]
    [InlineData("A12UEL5L", false)]
    public void Bech32m_vectors(string text, bool passes) => Assert.Equal(passes, Bech32.Passes(Encoding.ASCII.GetBytes(text), modified: true));

    [Fact]
    public void Crc16_is_the_one_of_xmodem() => Assert.Equal(0x31C3, Crc16.Of("123456789"u8));

    [Theory]
    [InlineData("2363", true)]
    [InlineData("2364", false)]
    [InlineData("23 63", true)]
    [InlineData("3263", false)]
    [InlineData("0", false)]
    public void Verhoeff_vectors(string number, bool passes) => Assert.Equal(passes, Verhoeff.Passes(Encoding.ASCII.GetBytes(number)));

    [Theory]
    [InlineData("000-12-3456", false)]
    [InlineData("666-12-3456", false)]
    [InlineData("912-12-3456", false)]
    [InlineData("219-00-3456", false)]
    [InlineData("219-09-0000", false)]
    [InlineData("219-09-9998", true)]
    public void Social_security_numbers_that_were_never_issued_are_turned_away(string number, bool passes) =>
        Assert.Equal(passes, SocialSecurityNumber.Passes(Encoding.ASCII.GetBytes(number)));

    private static string Damage(string example)
    {
        var at = example.Length / 2;
        while (!char.IsAsciiLetterOrDigit(example[at]))
        {
            at--;
        }

        var swapped = char.IsAsciiDigit(example[at]) ? (char)('0' + (example[at] - '0' + 1) % 10) : example[at] is 'A' or 'q' or 'Q' ? (char)(example[at] == 'A' ? 'B' : example[at] - 1) : (char)(example[at] + (example[at] is 'z' or 'Z' ? -1 : 1));
        return example[..at] + swapped + example[(at + 1)..];
    }

    private static List<Hit> Scan(string text)
    {
        var hits = new HitList();
        RuleCatalogue.Table.Secrets.Scan(Encoding.UTF8.GetBytes(text), hits);
        return [.. Enumerable.Range(0, hits.Count).Select(i => hits[i])];
    }
}

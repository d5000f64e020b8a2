using System.Text;
using Postern.Engine.Configuration;
using Postern.Engine.Detection.Rules.Bundles;
using Postern.Engine.Evidence.Signing;

namespace Postern.Engine.Tests.Detection.Rules.Bundles;

public sealed class BundleTests
{
    private static readonly ManagedEd25519 s_algorithm = new();

    public static TheoryData<string, string> Unusable => new()
    {
        { AcmeRules.Text.Replace("9c']", "']", StringComparison.Ordinal), "acme.deploy-token" },
        { AcmeRules.Text.Replace("acme.deploy-token", "secret.aws.access-key-id", StringComparison.Ordinal), "built-in" },
        { AcmeRules.Text.Replace("    remedy:", "    core: true\n    remedy:", StringComparison.Ordinal), "core" },
        { "family: a\nrules: []\n", "no rule" },
        { "", "empty" },
    };

    [Fact]
    public void A_signed_bundle_of_a_trusted_publisher_opens()
    {
        var opened = Open(Pack(AcmeRules.Text));

        Assert.Equal(("acme-rules@1.2.0", 1, false), (opened.Bundle!.Head.Pin, opened.Bundle.Table.Rules.Count, opened.IsUnsound));
    }

    [Fact]
    public void No_changed_byte_and_no_missing_end_passes()
    {
        var bytes = Pack(AcmeRules.Text);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            Assert.True(Open(bytes) is { Bundle: null, IsUnsound: true }, $"byte {i}");
            bytes[i] ^= 1;
            Assert.True(Open(bytes[..i]) is { Bundle: null, IsUnsound: true }, $"end {i}");
        }

        Assert.True(Open([.. bytes, 0]).IsUnsound);
    }

    [Fact]
    public void Nobody_is_trusted_who_is_not_named() =>
        Assert.True(BundleReader.Open(Pack(AcmeRules.Text), new BundleTrust([], s_algorithm, new Version(9, 0))) is { Bundle: null, IsUnsound: true });

    [Fact]
    public void A_bundle_for_a_later_engine_is_refused() =>
        Assert.True(Open(Pack(AcmeRules.Text), new Version(0, 0, 9)) is { Bundle: null, IsUnsound: false });

    [Theory]
    [MemberData(nameof(Unusable))]
    public void What_cannot_run_beside_the_built_in_rules_is_refused_although_it_is_signed(string rules, string why)
    {
        var opened = Open(Pack(rules));

        Assert.Equal((null, false), (opened.Bundle, opened.IsUnsound));
        Assert.Contains(opened.Errors, error => error.Contains(why, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rules: { bundles: [acme-rules@1.2.0] }", true)]
    [InlineData("rules: { bundles: [acme-rules@1.2.0], disabled: [acme.*] }", true)]
    [InlineData("rules: { bundles: [acme-rules@1.2.0] }\nsuppress: [{ rule: acme.deploy-token, path: text }]", true)]
    [InlineData("rules: { bundles: [acme-rules@1.2.1] }", false)]
    [InlineData("rules: { bundles: [other@1.2.0] }", false)]
    public void Only_what_the_configuration_pins_compiles(string yaml, bool compiles)
    {
        var compiled = PolicyCompiler.Compile(ConfigReader.Read(yaml, "test.yaml").Config!, bundles: [Open(Pack(AcmeRules.Text)).Bundle!]);

        Assert.Equal(compiles, compiled.Policy is not null);
    }

    private static byte[] Pack(string rules)
    {
        using var signer = Signer();
        return BundleWriter.Write(new BundleHead("acme-rules", new Version(1, 2, 0), new Version(0, 1, 0)), [new BundleFile("acme.yaml", Encoding.UTF8.GetBytes(rules))], signer);
    }

    private static BundleOpening Open(byte[] bytes, Version? engine = null)
    {
        using var signer = Signer();
        return BundleReader.Open(bytes, new BundleTrust([Convert.ToHexStringLower(signer.PublicKey)], s_algorithm, engine ?? new Version(0, 1, 0, 0)));
    }

    private static EvidenceSigner Signer() => new(s_algorithm, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32 });
}

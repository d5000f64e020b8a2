using System.Buffers.Binary;
using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Inspection;

namespace Postern.Engine.Tests.Detection.Rules;

/// <summary>A home is a host that the issuer runs. Where anybody can get a host, an attacker can as well.</summary>
public sealed class HomesTests
{
    /// <summary>Zones whose customers name hosts, and which the public suffix list does not have.</summary>
    private static readonly string[] s_customerZones =
    [
        "x.azure-api.net", "x.azurecr.io", "x.openai.azure.com", "x.search.windows.net", "x.azure-devices.net",
        "adb-1.2.azuredatabricks.net", "x.cloud.databricks.com", "x.atlassian.net", "x.jfrog.io", "x.octopus.app", "x.zuplo.app", "x.youtrack.cloud",
        "x.my.salesforce.com", "x.lightning.force.com", "x.oss-cn-hangzhou.aliyuncs.com", "x.cos.ap-guangzhou.myqcloud.com", "x.storage.googleapis.com",
        "sites.google.com", "script.google.com", "x.machines.dev", "x.e2b.app", "x.teamwork.com", "x.harness.io", "x.tableau.com", "x.grafana.net",
        "x.vault.azure.net", "x.blob.core.windows.net", "x.elastic-cloud.com", "x.clickhouse.cloud", "x.mongodb.net", "x.dynatrace.com", "x.1password.com",
        "x.execute-api.us-east-1.amazonaws.com", "x.s3.amazonaws.com", "x.us-east-1.elb.amazonaws.com", "x.public.blob.vercel-storage.com",
        "x.readme.io", "x.slack.com", "x.zendesk.com", "x.supabase.co", "x.myshopify.com", "x.fly.dev", "x.deno.dev",
    ];

    /// <summary>
    /// Places under customers' zones, all query parameters: a key id that signs nothing alone, and signatures that open only the account
    /// that the host names.
    /// </summary>
    private static readonly string[] s_widePlaces =
    [
        "*.actions.githubusercontent.com?sig", "*.amazonaws.com?x-amz-credential,awsaccesskeyid", "*.blob.core.windows.net?sig",
        "*.dfs.core.windows.net?sig", "*.file.core.windows.net?sig", "*.logic.azure.com?sig", "*.queue.core.windows.net?sig",
        "*.servicebus.windows.net?sig", "*.table.core.windows.net?sig", "s3.amazonaws.com?x-amz-credential,awsaccesskeyid",
    ];

    private static readonly string[] s_bearerOfUnknownIssuer =
        ["secret.generic.authorization", "secret.generic.basic-authorization", "secret.github.installation-jwt", "secret.jwt.token", "secret.paseto.token", "secret.session.digest-authorization"];

    private static readonly HashSet<string> s_suffixes = [.. ReadSuffixes()];

    public static TheoryData<string> Ids => [.. RuleCatalogue.All.Where(r => r.Homes.Count > 0 && r.Homes[0] != Rule.AnyHome).Select(r => r.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void No_home_is_a_zone_in_which_customers_name_hosts(string id)
    {
        var homes = RuleCatalogue.Find(id)!.Homes.Except(s_widePlaces).Where(h => h != Rule.AnyHome).Select(h => Home.Parse(h)!.Host).ToArray();
        Assert.DoesNotContain(homes, IsRegistryOfHosts);
        var set = DomainSet.Parse(homes);
        Assert.DoesNotContain(s_customerZones, zone => set.Contains(Host(zone)));
    }

    [Fact]
    public void Any_host_is_a_home_only_for_bearer_tokens_of_unknown_issuer() => Assert.Equal(
        s_bearerOfUnknownIssuer,
        RuleCatalogue.All.Where(r => r.Homes.Contains(Rule.AnyHome)).Select(r => r.Id).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("*.amazonaws.com", true)]
    [InlineData("*.fly.dev", true)]
    [InlineData("*.deno.dev", true)]
    [InlineData("*.supabase.co", true)]
    [InlineData("*.myshopify.com", true)]
    [InlineData("*.githubusercontent.com", true)]
    [InlineData("*.com", true)]
    [InlineData("github.io", true)]
    [InlineData("api.openai.com", false)]
    [InlineData("raw.githubusercontent.com", false)]
    [InlineData("*.anthropic.com", false)]
    public void The_public_suffix_list_knows_the_zones(string home, bool isRegistry) => Assert.Equal(isRegistry, IsRegistryOfHosts(home));

    [Theory]
    [InlineData("secret.openai.project-key", "api.openai.com")]
    [InlineData("secret.anthropic.api-key", "api.anthropic.com")]
    [InlineData("secret.github.token", "api.github.com")]
    [InlineData("secret.aws.access-key-id", "sts.eu-west-1.amazonaws.com")]
    [InlineData("secret.google.api-key", "generativelanguage.googleapis.com")]
    [InlineData("secret.stripe.secret-key", "api.stripe.com")]
    [InlineData("secret.npm.access-token", "registry.npmjs.org")]
    public void A_service_takes_its_own_credential(string id, string host) =>
        Assert.True(new HomeSet(RuleCatalogue.Find(id)!).TakesInHeader(Host(host)));

    [Theory]
    [InlineData("api.acme.example", HomeKind.Header)]
    [InlineData("*.acme.example", HomeKind.Header)]
    [InlineData("hooks.acme.example/in/", HomeKind.Path)]
    [InlineData("api.acme.example?key", HomeKind.Query)]
    [InlineData("api.acme.example/v1/*/x?key,sig", HomeKind.Query)]
    [InlineData("auth.acme.example/token#client_secret", HomeKind.Field)]
    public void A_home_says_which_place_it_is(string text, object kind) => Assert.Equal(kind, Home.Parse(text)!.Kind);

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("api.*.example")]
    [InlineData("API.acme.example")]
    [InlineData("api.acme.example/")]
    [InlineData("api.acme.example?")]
    [InlineData("api.acme.example#a,,b")]
    [InlineData("https://api.acme.example")]
    [InlineData("?key")]
    public void What_is_no_home_is_refused(string text) => Assert.Null(Home.Parse(text));

    [Theory]
    [InlineData("a.example/t/*/x#f", "/t/1/x", true)]
    [InlineData("a.example/t/*/x#f", "/t//x", false)]
    [InlineData("a.example/t/*/x#f", "/t/1/2/x", false)]
    [InlineData("a.example/t/*/x#f", "/t/1/x/", false)]
    [InlineData("a.example/t#f", "/t", true)]
    [InlineData("a.example/t#f", "/tt", false)]
    [InlineData("a.example#f", "/anything", true)]
    [InlineData("a.example/in/", "/in/1/2", true)]
    [InlineData("a.example/in/", "/into", false)]
    public void A_path_is_compared_whole_unless_it_is_the_place(string home, string path, bool expected) =>
        Assert.Equal(expected, Home.Parse(home)!.HasPath(Encoding.ASCII.GetBytes(path)));

    /// <summary>A wildcard that covers a public suffix, or a name that is one.</summary>
    private static bool IsRegistryOfHosts(string home)
    {
        var isWildcard = home.StartsWith("*.", StringComparison.Ordinal);
        var name = isWildcard ? home[2..] : home;
        return s_suffixes.Contains(name) || (isWildcard && s_suffixes.Any(s => s.EndsWith("." + name, StringComparison.Ordinal)));
    }

    private static CanonicalHost Host(string name) =>
        CanonicalHost.TryParse(Encoding.ASCII.GetBytes(name), out var host, out _) ? host : throw new ArgumentException(name);

    // The names of Tables/public_suffix.bin; tools/publicsuffix/generate.py describes the layout.
    private static IEnumerable<string> ReadSuffixes()
    {
        var table = EmbeddedTable.ReadBytes("public_suffix.bin");
        var slots = BinaryPrimitives.ReadInt32LittleEndian(table.AsSpan(4));
        var rules = BinaryPrimitives.ReadInt32LittleEndian(table.AsSpan(8));
        var offsets = 16 + (2 * slots);
        var pool = offsets + (4 * (rules + 1)) + rules;
        for (var rule = 0; rule < rules; rule++)
        {
            var start = BinaryPrimitives.ReadInt32LittleEndian(table.AsSpan(offsets + (4 * rule)));
            var end = BinaryPrimitives.ReadInt32LittleEndian(table.AsSpan(offsets + (4 * rule) + 4));
            yield return Encoding.ASCII.GetString(table.AsSpan(pool + start, end - start));
        }
    }
}

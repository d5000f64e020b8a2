using System.Diagnostics;
using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Rules;

namespace Postern.Engine.Tests.Detection.Rules;

public sealed class FloodTests
{
    private const int Size = 1 << 18;

    public static TheoryData<string> Pieces =>
    [
        "eyJ", "eyJ.", " eyJ", "ghp_", "sk-ant-", "AKIA", "a", "0", "-", "password=", "password ", "token: \"", "api_key=a1", " -u ", "curl -u a:",
        "ignore ", "ignore previous ", "you are now ", "send your ", "system: ", "\nsystem:", "AAAA", "1234 ", "4111 ", "4111 1111 ", "123-", "5J",
        "postgres://a:", "-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\n", "AccountKey=", "+ASt", "JQQJ9", "T3BlbkFJ", "忽略", "忽略所有",
        "ABCDEFGHIJKLMNO", "datadog ", "xoxb-1234-", "8Q~", "M.a.", "https://a:b", "=\"", "\\n", "\u00a0", "glpat-", "hooks.slack.com/services/",
    ];

    [Theory]
    [MemberData(nameof(Pieces))]
    public void A_flood_costs_one_pass(string piece)
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(piece, Size / Encoding.UTF8.GetByteCount(piece))));
        var watch = Stopwatch.StartNew();
        var hits = new HitList();
        RuleCatalogue.Table.Secrets.Scan(text, hits);
        hits.Clear();
        RuleCatalogue.Table.Injections.Scan(text, hits);

        // It takes a fraction of a second on an idle machine; anything that is not linear takes minutes.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 30);
    }

    [Fact]
    public void A_secret_behind_a_flood_is_found_or_the_flood_is_reported()
    {
        foreach (var piece in Pieces.Select(p => p.Data))
        {
            var secret = RuleFiles.Find("secret.anthropic.api-key").Examples[0];
            var text = string.Concat(Enumerable.Repeat(piece, 20_000 / piece.Length)) + "\n" + secret;
            var hits = new HitList();
            RuleCatalogue.Table.Secrets.Scan(Encoding.UTF8.GetBytes(text), hits);
            var ids = Enumerable.Range(0, hits.Count).Select(i => hits[i].Rule.Id).ToArray();
            Assert.True(ids.Contains("secret.anthropic.api-key") || ids.Contains("uninspectable.match-flood"), piece);
        }
    }

    [Fact]
    public void Work_out_of_proportion_stops_the_scan_loudly()
    {
        var hits = new HitList();
        var scan = new RuleScan(RuleCatalogue.Table.Secrets, "text"u8, hits);
        scan.Input.Work = 1L << 40;
        scan.Hit(0, 0);
        scan.Hit(0, 0);
        Assert.Equal(1, hits.Count);
        Assert.Equal("uninspectable.match-flood", hits[0].Rule.Id);
    }

    [Fact]
    public void Mild_findings_cannot_crowd_out_a_severe_one()
    {
        var mild = string.Concat(Enumerable.Range(1000, 3000).Select(i => $"219-09-{i} "));
        var hits = new HitList();
        RuleCatalogue.Table.Secrets.Scan(Encoding.UTF8.GetBytes(mild + RuleFiles.Find("secret.anthropic.api-key").Examples[0]), hits);
        Assert.Equal(RuleSet.MaxMildHits, Enumerable.Range(0, hits.Count).Count(i => hits[i].Rule.Id == "secret.pii.ssn"));
        Assert.Contains(Enumerable.Range(0, hits.Count), i => hits[i].Rule.Id == "secret.anthropic.api-key");
    }
}

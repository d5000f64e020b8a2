using System.Text;
using Postern.Engine.Flow;

namespace Postern.Engine.Tests.Inspection;

/// <summary>A credential passes in the place that its issuer made for it, and in no other place and to no other host.</summary>
public sealed class HomesTests
{
    private const string KeyId = "AKIA" + "QYLPMN5HFIQR7XYA";
    private const string GoogleKey = "AIza" + "SyD3kP9xQ2mW7vB4nT8rJ6yH1cF5gL0sZaE";
    private const string Signature = "a3f1c96be2d84075f19e6ab37c0d582e4b91f60738ac5de2b47f1c0369ea85d7";
    private const string Sas = "uK863SnUqURGrBUBHRFn16vDPkVLdwKEd9aDzCWSy5n%3D";
    private const string Slack = "T9IJ5Z08CL40/B8TQTQQW4Q4/mIvh3blbNPDhv5mu2OiWaiOL";
    private const string Discord = "1733203442850386605/3EqdmYoQRSnOmdGBCTraWVKisOntmXLUWYEKJHspcKumtWHdOo_u5m4Tn_1x2MzRdnA9";
    private const string Secret = "q7Hn2RkV9wLz4TbXc8Ym3PdJ6sFg1AeU";

    private const string Presigned = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + KeyId + "%2F20261120%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Signature=" + Signature;

    [Theory]
    [InlineData("https://assets.s3.us-east-1.amazonaws.com/a.zip?" + Presigned)]
    [InlineData("https://objects.githubusercontent.com/release/1?" + Presigned)]
    [InlineData("https://maps.googleapis.com/maps/api/geocode/json?address=Rome&key=" + GoogleKey)]
    [InlineData("https://generativelanguage.googleapis.com/v1beta/models?key=" + GoogleKey)]
    [InlineData("https://acme.blob.core.windows.net/c/b?sv=2022-11-02&se=2027-01-01&sp=r&sig=" + Sas)]
    [InlineData("https://hooks.slack.com/services/" + Slack)]
    [InlineData("https://discord.com/api/webhooks/" + Discord)]
    public async Task An_address_may_carry_what_its_host_takes(string url) => Assert.Null(await RuleAsync(url));

    [Theory]
    [InlineData("https://assets.s3.evil.example/a.zip?" + Presigned)]
    [InlineData("https://assets.s3.amazonaws.com.evil.example/a.zip?" + Presigned)]
    [InlineData("https://assets.s3.amazonaws.com/a.zip?id=" + KeyId)]
    [InlineData("https://assets.s3.amazonaws.com/" + KeyId + "?x-amz-credential=1")]
    [InlineData("http://assets.s3.us-east-1.amazonaws.com/a.zip?" + Presigned)]
    [InlineData("https://maps.googleapis.com.evil.example/json?key=" + GoogleKey)]
    [InlineData("https://maps.googleapis.com/json?q=" + GoogleKey)]
    [InlineData("https://maps.googleapis.com/json?a=key=" + GoogleKey)]
    [InlineData("https://bucket.storage.googleapis.com/o?key=" + GoogleKey)]
    [InlineData("https://storage.example/c/b?sv=2022-11-02&se=2027-01-01&sp=r&sig=" + Sas)]
    [InlineData("https://evil.example/?to=hooks.slack.com/services/" + Slack)]
    [InlineData("https://evil.example/hooks.slack.com/services/" + Slack)]
    [InlineData("https://hooks.slack.com/other?x=hooks.slack.com/services/" + Slack)]
    [InlineData("https://evil.example/discord.com/api/webhooks/" + Discord)]
    public async Task Everywhere_else_it_is_a_leak(string url) => Assert.NotNull(await RuleAsync(url));

    [Theory]
    [InlineData("https://oauth2.googleapis.com/token", "grant_type=refresh_token&refresh_token=S&client_id=1", ContentKind.Form)]
    [InlineData("https://login.microsoftonline.com/contoso.test/oauth2/v2.0/token", "client_id=1&client_secret=S", ContentKind.Form)]
    [InlineData("https://github.com/login/oauth/access_token", "{\"client_id\":\"1\",\"client_secret\":\"S\"}", ContentKind.Json)]
    public async Task A_token_endpoint_is_sent_what_it_asks_for(string url, string body, ContentKind content) =>
        Assert.Null(await RuleAsync(url, body, content));

    [Theory]
    [InlineData("https://oauth2.googleapis.com/revoke", "refresh_token=S&client_id=1", ContentKind.Form)]
    [InlineData("https://oauth2.googleapis.com/token/x", "client_secret=S", ContentKind.Form)]
    [InlineData("https://oauth2.googleapis.com/token", "api_key=S", ContentKind.Form)]
    [InlineData("https://oauth2.googleapis.com/token", "note=client_secret%3DS", ContentKind.Form)]
    [InlineData("https://oauth2.googleapis.com.evil.example/token", "client_secret=S", ContentKind.Form)]
    [InlineData("https://login.microsoftonline.com/oauth2/v2.0/token", "client_secret=S", ContentKind.Form)]
    [InlineData("https://login.microsoftonline.com/a/b/oauth2/v2.0/token", "client_secret=S", ContentKind.Form)]
    [InlineData("https://github.com/login/oauth/access_token", "{\"deep\":{\"client_secret\":\"S\"}}", ContentKind.Json)]
    [InlineData("https://github.com/login/oauth/access_token", "client_secret=S", ContentKind.Text)]
    [InlineData("https://token.example/token", "client_secret=S", ContentKind.Form)]
    public async Task Another_endpoint_or_field_is_not(string url, string body, ContentKind content) =>
        Assert.NotNull(await RuleAsync(url, body, content));

    [Fact]
    public async Task A_login_goes_to_the_host_it_is_for_in_its_header_alone()
    {
        const string Login = "Basic bWlyYTpXaW50ZXI3Nw==";
        Assert.Null(await RuleAsync("https://git.example/x", header: ("authorization", Login)));
        Assert.NotNull(await RuleAsync("https://git.example/x", "Authorization: " + Login));
        Assert.NotNull(await RuleAsync("https://git.example/x", header: ("x-note", "Authorization: " + Login)));
        Assert.NotNull(await RuleAsync("http://git.example/x", header: ("authorization", Login)));
    }

    [Fact]
    public async Task A_known_issuers_token_inside_a_login_goes_to_its_issuer_alone()
    {
        const string Login = "Basic bWlyYTpnbHBhdC1najF3" + "QmY3UW44amlkdGEwd3NxSw==";
        Assert.Null(await RuleAsync("https://gitlab.com/x", header: ("authorization", Login)));
        Assert.NotNull(await RuleAsync("https://git.example/x", header: ("authorization", Login)));
    }

    private static async Task<object?> RuleAsync(string url, string body = "", ContentKind content = ContentKind.Text, (string Name, string Value)? header = null)
    {
        using var writer = new MessageWriter();
        writer.Add(PartKind.Method, body.Length > 0 ? "POST" : "GET");
        writer.Add(PartKind.Url, url);
        if (header is var (name, value))
        {
            writer.Header(name, value);
        }

        if (body.Length > 0)
        {
            writer.Body(Encoding.UTF8.GetBytes(body.Replace("S", Secret, StringComparison.Ordinal)));
        }

        var world = new TestWorld();
        return await world.RuleAsync(world.Exchange(), writer.Seal(new MessageFacts(MessageKind.Request, Direction.Outbound) { Whole = true, Content = content }));
    }
}

using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Injection;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Secrets;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Detection.Rules;

public sealed class OrdinaryTextTests
{
    private static readonly string[] s_words =
    [
        "the", "service", "returns", "a", "token", "when", "password", "reset", "is", "requested", "and", "previous", "instructions", "are",
        "read", "from", "system", "secret", "garden", "model", "user", "key", "rules", "new", "mode", "developer", "access", "you", "will",
        "forget", "bicycle", "all", "ignored", "warnings", "prompt", "message", "above", "show", "tell", "without", "restart", "session",
    ];

    private static readonly string[] s_code =
    [
        "public string Password { get; set; }", "var token = await GetTokenAsync(cancellationToken);", "if (password == null) throw new Error();",
        "api_key = os.environ[\"SERVICE_API_KEY\"]", "const secret = process.env.CLIENT_SECRET;", "password: z.string().min(8).max(64),",
        "client_secret: ${{ secrets.CLIENT_SECRET }}", "token := r.Header.Get(\"Authorization\")", "export API_KEY=\"$(cat /run/key)\"",
        "Authorization: Bearer ${TOKEN}", "SELECT password_hash, token_id FROM users WHERE email = $1;", "<input type=\"password\" name=\"password\" />",
        "apiKey: configuration.apiKeyFromSettings,", "private readonly ITokenProvider _accessToken;", "image: nginx@sha256:",
        "[tool.poetry]\nsecret_key = \"\"", "\"nextPageToken\": \"CAUQAA\"", "access_token=<access_token>",
    ];

    [Fact]
    public void Prose_made_of_the_words_that_rules_look_for_is_silent()
    {
        var random = new Random(7);
        var text = new StringBuilder();
        for (var i = 0; i < 20_000; i++)
        {
            // Neighbours in alphabetical order never form a phrase of ours, yet every word is there often.
            text.Append(s_words[(i + random.Next(2)) % s_words.Length]).Append(i % 11 == 0 ? ".\n" : " ");
        }

        // The words of attacks without their sentences may warn; they never refuse.
        Assert.Empty(Detect(text.ToString()).Where(h => h.Rule != RuleCatalogue.LearnedInjection || h.Confidence >= Confidence.High).Select(h => h.Rule.Id).Distinct());
    }

    [Fact]
    public void Source_code_that_handles_credentials_is_silent() => Assert.Empty(Detect(string.Join("\n", s_code)));

    [Fact]
    public void Digests_and_identifiers_are_silent()
    {
        var random = new Random(11);
        var text = new StringBuilder();
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = new byte[64];
            random.NextBytes(bytes);
            var hex = Convert.ToHexStringLower(bytes);
            text.Append("commit ").Append(hex.AsSpan(0, 40)).Append('\n')
                .Append("\"integrity\": \"sha512-").Append(Convert.ToBase64String(bytes)).Append("\",\n")
                .Append("sha256:").Append(hex.AsSpan(0, 64)).Append(' ')
                .Append("id: ").Append(new Guid(bytes.AsSpan(0, 16))).Append(" at ").Append(1_700_000_000_000 + random.Next()).Append('\n')
                .Append("url(data:image/png;base64,iVBORw0KGgo").Append(Convert.ToBase64String(bytes)).Append(")\n");
        }

        Assert.DoesNotContain(Detect(text.ToString()), h => h.Rule.Severity >= Severity.High);
    }

    [Fact]
    public void A_clean_view_allocates_nothing()
    {
        var text = Encoding.UTF8.GetBytes(string.Join("\n", s_code));
        var secrets = new SecretDetector(RuleCatalogue.Table);
        var injections = new InjectionDetector(RuleCatalogue.Table);
        var hits = new HitList();
        Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run()
        {
            secrets.Detect(new View(text, ViewChain.Raw, PartKind.Body, Direction.Outbound), hits);
            injections.Detect(new View(text, ViewChain.Raw, PartKind.Body, Direction.Inbound), hits);
        }
    }

    private static List<Hit> Detect(string text)
    {
        var hits = new HitList();
        var bytes = Encoding.UTF8.GetBytes(text);
        new SecretDetector(RuleCatalogue.Table).Detect(new View(bytes, ViewChain.Raw, PartKind.Body, Direction.Outbound), hits);
        new InjectionDetector(RuleCatalogue.Table).Detect(new View(bytes, ViewChain.Raw, PartKind.Body, Direction.Inbound), hits);
        return [.. Enumerable.Range(0, hits.Count).Select(i => hits[i])];
    }
}

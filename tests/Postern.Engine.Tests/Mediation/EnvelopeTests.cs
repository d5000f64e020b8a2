using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Postern.Engine.Configuration;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Mcp;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;
using Postern.Engine.Tests.Inspection;

namespace Postern.Engine.Tests.Mediation;

/// <summary>What the other side is told, and what the agent cannot tell it.</summary>
public sealed partial class EnvelopeTests
{
    private const string Enabled = "mediation_envelope: {enabled: true}\nmcp_session_binding: {enabled: false}";

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","arguments":{"n":1.0e3}}}""", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"_meta":{MEMBER},"name":"x","arguments":{"n":1.0e3}}}""")]
    [InlineData("""{"jsonrpc":"2.0","params":{"name":"x","_meta":{"progressToken":9007199254740993}},"id":1,"method":"tools/call"}""", """{"jsonrpc":"2.0","params":{"name":"x","_meta":{MEMBER,"progressToken":9007199254740993}},"id":1,"method":"tools/call"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","_meta":{}}}""", """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","_meta":{MEMBER}}}""")]
    public async Task A_call_names_its_record_and_is_otherwise_what_the_agent_wrote(string said, string expected)
    {
        var sent = await SentAsync(Enabled, Call(said));
        using var document = JsonDocument.Parse(sent);
        var envelope = document.RootElement.GetProperty("params").GetProperty("_meta").GetProperty("io.postern/mediation");
        Assert.Equal(("allow", "ev-00000001-1", "tools/call"), (envelope.GetProperty("vd").GetString(), envelope.GetProperty("rid").GetString(), envelope.GetProperty("act").GetString()));
        Assert.Equal(expected, sent.Replace("\"io.postern/mediation\":" + envelope.GetRawText(), "MEMBER", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"io.postern/mediation":{"v":1}}""", "{}")]
    [InlineData("""{"io.postern\u002fmediation":7 , "a":1}""", """{"a":1}""")]
    [InlineData("""{"a":1 , "\u0069o.postern/mediation":{"vd":"allow"} , "b":2}""", """{"a":1 , "b":2}""")]
    [InlineData("""{"a":{"io.postern/mediation":1}}""", """{"a":{"io.postern/mediation":1}}""")]
    public async Task An_envelope_of_the_agents_own_is_cut_out(string meta, string left)
    {
        foreach (var yaml in new[] { "", "mediation_envelope: {enabled: false}" })
        {
            var sent = await SentAsync(yaml, Call("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","_meta":META}}""".Replace("META", meta, StringComparison.Ordinal)));
            Assert.Equal("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","_meta":META}}""".Replace("META", left, StringComparison.Ordinal), sent);
        }
    }

    [Fact]
    public async Task Other_messages_carry_none()
    {
        const string List = """{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}""";
        Assert.Equal(List, await SentAsync(Enabled, TestWorld.Body(List, Facts(new McpFacts(RpcShape.Request) { Method = "tools/list"u8.ToArray() }))));
    }

    [Fact]
    public async Task A_request_says_so_in_a_header()
    {
        var sent = await SentAsync(Enabled, TestWorld.Request("https://api.example/v1"));
        Assert.Matches("Postern-Mediation: v=1, act=\"GET\", vd=allow, ph=:AAAAAAAAAAAAAAAAAAAAAA==:, rid=\"ev-00000001-1\", ts=[0-9]{10}", sent);
    }

    [Fact]
    public async Task A_signed_request_verifies_with_the_evidence_key_and_not_when_anything_of_it_changed()
    {
        using var signer = new EvidenceSigner(new ManagedEd25519(), Enumerable.Range(0, 32).Select(static i => (byte)i).ToArray());
        using var writer = new MessageWriter();
        writer.Add(PartKind.Method, "POST");
        writer.Add(PartKind.Url, "https://api.example/v1?a=1");
        writer.Header("Signature-Input", "sig1=(\"date\");keyid=\"client\"");
        writer.Body("{\"a\":1}"u8);
        var message = writer.Seal(new MessageFacts(MessageKind.Request, Direction.Outbound) { Content = ContentKind.Json, Whole = true });

        var fields = (await SentAsync("mediation_envelope: {enabled: true, sign: true}", message, signer)).Split('\n').Where(static line => line.Contains(": ", StringComparison.Ordinal))
            .ToLookup(static line => line.Split(": ", 2)[0], static line => line.Split(": ", 2)[1]);

        var input = fields["Signature-Input"].Last();
        var envelope = Assert.Single(fields["Postern-Mediation"]);
        Assert.StartsWith("postern=(\"@method\" \"@target-uri\" \"content-digest\" \"postern-mediation\");created=", input, StringComparison.Ordinal);
        Assert.EndsWith($";keyid=\"{signer.KeyId}\";alg=\"ed25519\";tag=\"postern-mediation\"", input, StringComparison.Ordinal);
        var signature = Convert.FromBase64String(SignatureOf().Match(fields["Signature"].Single()).Groups[1].Value);
        var digest = Assert.Single(fields["Content-Digest"]);
        var signed = $"\"@method\": POST\n\"@target-uri\": https://api.example/v1?a=1\n\"content-digest\": {digest}\n\"postern-mediation\": {envelope}\n\"@signature-params\": {input["postern=".Length..]}";
        Assert.Equal("sha-256=:" + Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData("{\"a\":1}"u8)) + ":", digest);
        Assert.True(signer.Algorithm.Verify(signer.PublicKey, Encoding.ASCII.GetBytes(signed), signature));
        Assert.False(signer.Algorithm.Verify(signer.PublicKey, Encoding.ASCII.GetBytes(signed.Replace("a=1", "a=2", StringComparison.Ordinal)), signature));
    }

    [Fact]
    public void Signing_nothing_is_an_error()
    {
        var read = ConfigReader.Read("mediation_envelope: {sign: true}", "test.yaml");
        Assert.Contains(PolicyCompiler.Compile(read.Config!).Errors, static error => error.StartsWith("mediation_envelope.sign:", StringComparison.Ordinal));
    }

    private static Message Call(string text) => TestWorld.Body(text, Facts(new McpFacts(RpcShape.Request) { Method = "tools/call"u8.ToArray(), Tool = "x"u8.ToArray() }));

    private static MessageFacts Facts(McpFacts mcp) => new(MessageKind.Rpc, Direction.Outbound) { Content = ContentKind.Json, Whole = true, Mcp = mcp };

    /// <summary>All that leaves: for a call its text, for a request its head and body.</summary>
    private static async Task<string> SentAsync(string yaml, Message message, EvidenceSigner? signer = null)
    {
        var world = new TestWorld(yaml);
        var inspector = new Inspector(new InspectorSeams(world, new InProcessSessions(), world, world, world, TimeProvider.System, new byte[32]) { Signer = signer });
        var exchange = new Exchange("tester", "test", new PolicySnapshot(1, "hash", world.Policy)) { Server = "server" };
        var ruling = await inspector.InspectAsync(exchange, message, TestContext.Current.CancellationToken);
        Assert.True(ruling.TryClear(out var cleared, out _));
        using var sent = cleared.Take();
        return Encoding.UTF8.GetString(sent.Bytes);
    }

    [GeneratedRegex("^postern=:(.*):$")]
    private static partial Regex SignatureOf();
}

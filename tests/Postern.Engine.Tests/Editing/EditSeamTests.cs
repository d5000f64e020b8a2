using Postern.Engine.Configuration;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Policy;
using Postern.Engine.Tests.Inspection;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Editing;

/// <summary>Every way in which an edit can fail is a refusal.</summary>
public sealed class EditSeamTests
{
    private static readonly string s_key = EditWorld.Key;

    public static TheoryData<string, ContentKind, string> Places => new()
    {
        { "a number", ContentKind.Json, """{"a":4012888888881881,"b":""" + "\"" + s_key + "\"}" },
        { "two fields", ContentKind.Form, $"a={s_key[..10]}&b={s_key[10..]}" },
        { "a key that becomes equal to another", ContentKind.Json, $$"""{"{{s_key}}":1,"[REDACTED:aws-access-key-id:1]":2}""" },
        { "a transfer encoding", ContentKind.Multipart, "--b\r\nContent-Disposition: form-data; name=\"k\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes("the key " + s_key)) + "\r\n--b--\r\n" },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public void What_stands_in_no_one_leaf_is_refused(string place, ContentKind content, string body)
    {
        var world = new EditWorld(place == "a number" ? EditWorld.Redact + "\ndlp: { patterns: [{ name: card, regex: '4012888888881881' }] }" : EditWorld.Redact);

        Assert.Null(world.Send(body, content, "b"));

        Assert.Equal(Effect.Deny, Assert.Single(world.Inner.Records).Effect);
    }

    [Fact]
    public void A_secret_in_a_url_is_refused_before_any_lookup()
    {
        var world = new EditWorld(EditWorld.Redact);
        var lookups = world.Inner.Lookups;

        Assert.Null(world.Pass(TestWorld.Request("https://api.example.com/?k=" + s_key)));

        Assert.Equal("secret.aws.access-key-id", world.Refused!.RuleId);
        Assert.Contains(world.Refused.Findings, static finding => finding.Rule == OperationRules.NotEdited);
        Assert.Equal(lookups, world.Inner.Lookups);
    }

    [Theory]
    [InlineData(MessageKind.BodyWindow, 0, 0)]
    [InlineData(MessageKind.Event, 4, 0)]
    [InlineData(MessageKind.Event, 0, 4)]
    public void A_piece_of_a_longer_body_is_refused(MessageKind kind, int lead, int heldBack)
    {
        var world = new EditWorld(EditWorld.Redact);

        Assert.Null(world.Pass($"the key {s_key} is", new MessageFacts(kind, Direction.Outbound) { Lead = lead, HeldBack = heldBack }));
    }

    [Fact]
    public void What_is_still_found_in_the_edited_message_refuses_it()
    {
        var (inner, message) = WorldOf(new WordDetector("LEAK", "REDACTED"));

        var refused = Rule(inner, message);

        Assert.Equal("secret.test.word", refused!.RuleId);
        Assert.Equal([Acceptance.Edited, Acceptance.None], refused.Findings.Select(static finding => finding.Acceptance));
    }

    [Fact]
    public void A_detector_that_fails_on_the_edited_message_refuses_it()
    {
        var (inner, message) = WorldOf(new WordDetector("LEAK") { FailsOnSecond = true });

        Assert.Equal("operation.detector-failed", Rule(inner, message)!.RuleId);
    }

    [Fact]
    public void A_finding_without_a_place_is_refused()
    {
        var (inner, message) = WorldOf(new WordDetector("LEAK") { SeesNoLength = true });

        Assert.Equal("secret.test.word", Rule(inner, message)!.RuleId);
    }

    [Fact]
    public void More_values_than_are_told_apart_are_refused()
    {
        var world = new EditWorld(EditWorld.Redact);
        for (var i = 0; i < Engine.Editing.PlaceholderNumbers.MaxValues; i++)
        {
            Assert.NotNull(world.Send("key AKIA" + Letters(i) + " end"));
        }

        Assert.Null(world.Send("key AKIA" + Letters(5000) + " end"));
        Assert.NotNull(world.Send("key AKIA" + Letters(0) + " end"));
    }

    [Fact]
    public async Task Nothing_leaves_when_the_edit_cannot_be_recorded()
    {
        var world = new EditWorld(EditWorld.Redact);
        world.Inner.FailFrom = 0;

        Assert.Null(world.Send("the key " + s_key));

        Assert.Equal(RefusalKind.EvidenceLost, world.Refused!.Kind);
        await Task.CompletedTask;
    }

    [Fact]
    public void The_original_is_gone_once_the_edited_message_is_cleared()
    {
        var world = new EditWorld(EditWorld.Redact);
        var message = TestWorld.Body("the key " + s_key, new MessageFacts(MessageKind.Event, Direction.Outbound) { Whole = true });

        using var passed = world.Pass(message)!;

        Assert.Throws<ObjectDisposedException>(() => message.Memory);
        Assert.NotSame(message, passed);
    }

    [Fact]
    public void Nobody_can_approve_what_belongs_to_the_floor()
    {
        var world = new EditWorld("request_body_scanning: { action: ask }") { Inner = { Approves = true } };

        Assert.Null(world.Send("the key " + s_key));
    }

    [Fact]
    public void Records_say_how_many_edits_there_were_and_never_of_what()
    {
        var world = new EditWorld(EditWorld.Redact);

        Assert.NotNull(world.Send($"{s_key} {EditWorld.OtherKey}"));

        Assert.DoesNotContain("AKIA", world.Inner.Evidence, StringComparison.Ordinal);
        Assert.Contains("secret.aws.access-key-id", world.Inner.Evidence, StringComparison.Ordinal);
    }

    private static string Letters(int number)
    {
        const string Digits = "QZXJVKBWPYGFMCUL";
        var text = string.Concat(Enumerable.Range(0, 16).Select(i => Digits[((number >> (i % 4 * 4)) + (i * 7) + (i / 4)) & 15]));
        return text;
    }

    private static (TestWorld World, Message Message) WorldOf(IDetector detector)
    {
        var policy = PolicyCompiler.Compile(ConfigReader.Read(EditWorld.Redact, "test.yaml").Config!).Policy!;
        return (new TestWorld(policy: policy with { Detectors = [detector] }), TestWorld.Body("a LEAK here", new MessageFacts(MessageKind.Text, Direction.Outbound) { Whole = true }));
    }

    private static Refused? Rule(TestWorld world, Message message) => world.RuleAsync(world.Exchange(), message).GetAwaiter().GetResult();

    /// <summary>Finds words.</summary>
    private sealed class WordDetector(params string[] words) : IDetector
    {
        private static readonly Rule s_rule = new("secret.test.word", "A word", RuleCategory.Secret, Severity.High, Confidence.High, "Leave it out.");
        private int _found;

        public bool FailsOnSecond { get; init; }

        public bool SeesNoLength { get; init; }

        public void Detect(scoped in View view, HitList hits)
        {
            var text = System.Text.Encoding.Latin1.GetString(view.Bytes);
            foreach (var word in words)
            {
                var at = text.IndexOf(word, StringComparison.Ordinal);
                if (at >= 0)
                {
                    _found++;
                    hits.Add(s_rule, at, SeesNoLength ? 0 : word.Length);
                }
            }

            if (FailsOnSecond && _found > 0 && text.Contains("REDACTED", StringComparison.Ordinal))
            {
                throw new InvalidOperationException("broken");
            }
        }
    }
}

using System.Text;
using System.Text.Json;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection;
using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Policy;
using Postern.Transports.Telemetry;
using Postern.Transports.Tests.Conformance;
using Postern.Transports.Tests.Evidence;

namespace Postern.Transports.Tests.Telemetry;

public sealed class DecisionLogTests
{
    private static readonly Rule s_rule = new("secret.test.key", "Test key", RuleCategory.Secret, Severity.High, Confidence.High, "Remove it.");

    [Fact]
    public async Task A_refusal_is_one_line_of_json_with_stable_fields()
    {
        var lines = await LoggedAsync(new LoggingSection(), Draft(Effect.Deny, where: "body$.memo"));

        Assert.Equal(
            """{"time":"2026-11-20T06:00:00.000Z","level":"warning","severity":"warn","event":"request_blocked","actor":"agent-1","transport":"forward","direction":"outbound","destination":"https://api.example.com:443","effect":"block","rules":["secret.test.key"],"where":["body$.memo"],"techniques":["T1552","T1567","AML.T0055","AML.T0057"],"evidence":"ev-00000001-1","policy_revision":3}""",
            Assert.Single(lines));
    }

    [Fact]
    public async Task A_refusal_is_one_line_of_text()
    {
        var lines = await LoggedAsync(new LoggingSection { Format = LogFormat.Text }, Draft(Effect.Deny, where: "body$.memo"));

        Assert.Equal(
            "2026-11-20T06:00:00.000Z warning request_blocked actor=agent-1 transport=forward direction=outbound destination=https://api.example.com:443 effect=block rules=secret.test.key where=body$.memo evidence=ev-00000001-1 policy_revision=3",
            Assert.Single(lines));
    }

    [Theory]
    [InlineData(MessageKind.Request, Effect.Allow, "request_allowed")]
    [InlineData(MessageKind.Request, Effect.Deny, "request_blocked")]
    [InlineData(MessageKind.Connect, Effect.Allow, "connect_allowed")]
    [InlineData(MessageKind.Tunnel, Effect.Deny, "tunnel_blocked")]
    [InlineData(MessageKind.Response, Effect.Deny, "response_blocked")]
    [InlineData(MessageKind.BodyWindow, Effect.Deny, "body_blocked")]
    [InlineData(MessageKind.Event, Effect.Deny, "event_blocked")]
    [InlineData(MessageKind.Trailers, Effect.Allow, "trailers_allowed")]
    [InlineData(MessageKind.Text, Effect.Deny, "text_blocked")]
    [InlineData(MessageKind.None, Effect.Deny, "message_blocked")]
    public async Task An_event_is_named_after_message_and_effect(MessageKind kind, Effect effect, string name)
    {
        var line = Assert.Single(await LoggedAsync(new LoggingSection(), sink => sink.AppendAsync(Plain(effect, kind), CancellationToken.None)));
        Assert.Equal(name, JsonDocument.Parse(line).RootElement.GetProperty("event").GetString());
    }

    [Theory]
    [InlineData(true, true, "request_allowed,request_blocked,request_allowed")]
    [InlineData(true, false, "request_allowed")]
    [InlineData(false, true, "request_blocked,request_allowed")]
    [InlineData(false, false, "")]
    public async Task What_would_have_been_refused_counts_as_refused(bool allowed, bool blocked, string events)
    {
        var lines = await LoggedAsync(
            new LoggingSection { IncludeAllowed = allowed, IncludeBlocked = blocked },
            static sink => sink.AppendAsync(Plain(Effect.Allow), CancellationToken.None),
            static sink => sink.AppendAsync(Plain(Effect.Deny), CancellationToken.None),
            static sink => sink.AppendAsync(Plain(Effect.Allow, observed: Effect.Deny), CancellationToken.None));

        Assert.Equal(events, string.Join(',', lines.Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString())));
    }

    [Fact]
    public async Task Clean_pieces_of_a_stream_have_no_line_and_pieces_with_findings_have_one()
    {
        var lines = await LoggedAsync(
            new LoggingSection(),
            static sink => sink.AppendAsync(Plain(Effect.Allow, MessageKind.Event, EvidenceKind.Open), CancellationToken.None),
            static sink => sink.AppendAsync(Plain(Effect.Allow, MessageKind.Event, EvidenceKind.Span), CancellationToken.None),
            static sink => sink.AppendAsync(Plain(Effect.Allow, MessageKind.Event, EvidenceKind.Close), CancellationToken.None),
            Draft(Effect.Allow, "body", EvidenceKind.Span));

        Assert.Contains("secret.test.key", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LogFormat.Json)]
    [InlineData(LogFormat.Text)]
    public async Task What_an_agent_chose_cannot_begin_a_line_or_reach_a_terminal(LogFormat format)
    {
        var lines = await LoggedAsync(new LoggingSection { Format = format }, Draft(Effect.Deny, where: "body$.\n\u001b[2J \u202e\"x" + new string('k', 900)));

        var line = Assert.Single(lines);
        Assert.All(line, static character => Assert.InRange(character, ' ', '~'));
        Assert.InRange(line.Length, 200, 800);
    }

    [Fact]
    public async Task A_flood_of_findings_names_the_first_and_each_pair_once()
    {
        var findings = Enumerable.Range(0, 100).Select(static i => Found($"body$.k{i / 2}")).ToArray();
        var lines = await LoggedAsync(new LoggingSection(), sink => sink.AppendAsync(With(Plain(Effect.Deny), findings), CancellationToken.None));
        Assert.Equal(16, JsonDocument.Parse(Assert.Single(lines)).RootElement.GetProperty("where").EnumerateArray().Distinct().Count());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Lost_evidence_is_an_error_in_the_log_and_to_the_caller(bool later)
    {
        var output = new MemoryStream();
        var sink = new LateEvidence { IsLost = true, IsLate = later };
        var log = new DecisionLog(new LoggingSection(), new ManualTime(), [output]);
        var tap = new DecisionTap(sink, new ManualTime(), log);
        await Assert.ThrowsAsync<EvidenceLostException>(async () => await tap.AppendAsync(Plain(Effect.Allow), CancellationToken.None));
        await log.DisposeAsync();

        var line = JsonDocument.Parse(Assert.Single(LinesOf(output))).RootElement;
        Assert.Equal(("error", "evidence_lost", "block"), (Text(line, "level"), Text(line, "event"), Text(line, "effect")));
        Assert.False(line.TryGetProperty("evidence", out _));
    }

    [Fact]
    public async Task A_record_that_is_kept_later_is_logged_then_with_its_id()
    {
        var output = new MemoryStream();
        var log = new DecisionLog(new LoggingSection(), new ManualTime(), [output]);
        var tap = new DecisionTap(new LateEvidence { IsLate = true }, new ManualTime(), log);
        Assert.Equal(new EvidenceId(1, 1), await tap.AppendAsync(Plain(Effect.Deny), CancellationToken.None));
        await log.DisposeAsync();
        Assert.Contains("\"evidence\":\"ev-00000001-1\"", Assert.Single(LinesOf(output)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_nobody_reads_delays_no_ruling_and_what_is_dropped_is_counted()
    {
        var output = new GatedStream();
        var log = new DecisionLog(new LoggingSection(), TimeProvider.System, [output]);
        var tap = new DecisionTap(new FaultyEvidence(), TimeProvider.System, log);
        await tap.AppendAsync(Plain(Effect.Allow), CancellationToken.None);
        await output.Reached;
        for (var i = 0; i < DecisionLog.QueueLength + 10; i++)
        {
            var append = tap.AppendAsync(Plain(Effect.Allow), CancellationToken.None).AsTask();
            Assert.True(append.IsCompletedSuccessfully);
            await append;
        }

        Assert.Equal(10, log.Dropped);
        output.Open();
        await log.DisposeAsync();
        var lines = LinesOf(output);
        Assert.Equal(1 + DecisionLog.QueueLength + 1, lines.Length);
        Assert.Contains(lines, static line => line.Contains("\"event\":\"log_dropped\",\"count\":10", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_output_that_fails_fails_no_ruling_and_no_other_output()
    {
        var broken = new GatedStream { IsBroken = true };
        broken.Open();
        var sound = new MemoryStream();
        var log = new DecisionLog(new LoggingSection(), TimeProvider.System, [broken, sound]);
        var tap = new DecisionTap(new FaultyEvidence(), TimeProvider.System, log);
        await tap.AppendAsync(Plain(Effect.Deny), CancellationToken.None);
        await log.DisposeAsync();

        Assert.Single(LinesOf(sound));
    }

    [Fact]
    public async Task A_log_file_is_appended_to_and_is_its_owners()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "decisions.log");
        var settings = new LoggingSection { Output = LogOutput.File, File = path };
        for (var run = 0; run < 2; run++)
        {
            await using var log = new DecisionLog(settings, TimeProvider.System, LogOutputs.Open(settings, sharesTerminal: true));
            var tap = new DecisionTap(new FaultyEvidence(), TimeProvider.System, log);
            await tap.AppendAsync(Plain(Effect.Deny), CancellationToken.None);
        }

        Assert.Equal(2, File.ReadAllLines(path).Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Theory]
    [InlineData(LogOutput.Auto, true, 0)]
    [InlineData(LogOutput.Auto, false, 1)]
    [InlineData(LogOutput.None, false, 0)]
    [InlineData(LogOutput.Stderr, true, 1)]
    [InlineData(LogOutput.Stdout, true, 1)]
    public void A_command_that_shares_the_terminal_gets_no_lines_unless_asked_for(LogOutput output, bool shares, int count) =>
        Assert.Equal(count, LogOutputs.Open(new LoggingSection { Output = output }, shares).Count);

    private static async Task<string[]> LoggedAsync(LoggingSection settings, params Func<IEvidenceSink, ValueTask<EvidenceId>>[] appends)
    {
        var output = new MemoryStream();
        var log = new DecisionLog(settings, new ManualTime(), [output]);
        var tap = new DecisionTap(new FaultyEvidence(), new ManualTime(), log);
        foreach (var append in appends)
        {
            await append(tap);
        }

        await log.DisposeAsync();
        return LinesOf(output);
    }

    private static Func<IEvidenceSink, ValueTask<EvidenceId>> Draft(Effect effect, string where, EvidenceKind kind = EvidenceKind.Ruling) =>
        sink => sink.AppendAsync(With(Plain(effect, kind: kind), [Found(where)]), CancellationToken.None);

    private static Finding Found(string where) => new(s_rule, Confidence.High, where, "raw", 0, 4, "0011");

    private static EvidenceDraft Plain(
        Effect effect, MessageKind message = MessageKind.Request, EvidenceKind kind = EvidenceKind.Ruling, Effect? observed = null) => new()
    {
        Kind = kind,
        Actor = "agent-1",
        Transport = "forward",
        Direction = Direction.Outbound,
        Message = message,
        Destination = "https://api.example.com:443"u8,
        Effect = effect,
        Observed = observed,
        Grant = "mode",
        PolicyRevision = 3,
        PolicyHash = new string('0', 64),
        Note = string.Empty,
    };

    private static EvidenceDraft With(in EvidenceDraft draft, ReadOnlySpan<Finding> findings) => new()
    {
        Kind = draft.Kind,
        Actor = draft.Actor,
        Transport = draft.Transport,
        Direction = draft.Direction,
        Message = draft.Message,
        Destination = draft.Destination,
        Effect = draft.Effect,
        Findings = findings,
        Grant = draft.Grant,
        PolicyRevision = draft.PolicyRevision,
        PolicyHash = draft.PolicyHash,
        Note = draft.Note,
    };

    private static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();

    private static string[] LinesOf(MemoryStream output) => Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Who is asked where the policy says ask. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record ApprovalsSection : ISection
{
    /// <summary>Whether a person is asked at the terminal.</summary>
    public bool Terminal { get; init; }

    /// <summary>How long an answer may take.</summary>
    public int TimeoutSeconds { get; init; } = 120;

    /// <summary>Whether two different people must say yes.</summary>
    public bool FourEyes { get; init; }

    /// <summary>How long an approval may stand for more than its own question.</summary>
    public int MaxGrantMinutes { get; init; } = 60;

    /// <summary>Who is told of questions.</summary>
    public string WebhookUrl { get; init; } = "";

    /// <summary>Signs what is sent there and what is answered.</summary>
    public SecretText? WebhookSecret { get; init; }

    static SectionSchema ISection.Schema => field ??= new(
        "Who is asked where the policy says ask: over the control API always, where control.listen is set. Without anybody to ask, asking refuses.",
        new Field<ApprovalsSection>("terminal", KindOf.Flag, Weakens.WhenRaised,
            s => s.Terminal, (s, v) => s with { Terminal = (bool)v },
            "Whether a person is asked at the terminal too, /dev/tty, and answers with the word and the number shown. Leave it off when the agent's own program uses that terminal.") { NeedsRestart = true },
        new Field<ApprovalsSection>("timeout_seconds", KindOf.Whole(1, 3600, "seconds"), Weakens.Never,
            s => s.TimeoutSeconds, (s, v) => s with { TimeoutSeconds = (int)v },
            "How long an answer may take; then it is no. Clients wait less: many end an HTTP request after 60 seconds and a call of MCP after 300.") { NeedsRestart = true },
        new Field<ApprovalsSection>("four_eyes", KindOf.Flag, Weakens.WhenLowered,
            s => s.FourEyes, (s, v) => s with { FourEyes = (bool)v },
            "Whether two different people must say yes: two tokens of control.bearer_tokens, or one of them and the terminal or the webhook. One no is enough.") { NeedsRestart = true },
        new Field<ApprovalsSection>("max_grant_minutes", KindOf.Whole(1, 1440, "minutes", "no grants: every question is asked"), Weakens.WhenRaised,
            s => s.MaxGrantMinutes, (s, v) => s with { MaxGrantMinutes = (int)v },
            "How long an approval may stand for more than its own question.") { NeedsRestart = true },
        new Field<ApprovalsSection>("webhook_url", KindOf.Optional(NetworkFormats.Webhook), Weakens.WhenChanged,
            s => s.WebhookUrl, (s, v) => s with { WebhookUrl = (string)v },
            "Who is told of questions, by POST. The answer comes signed to the control port; see docs/control.md.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<ApprovalsSection>("webhook_secret", KindOf.Secret(16), Weakens.WhenChanged,
            s => s.WebhookSecret ?? SecretKind.Unset, (s, v) => s with { WebhookSecret = (SecretText)v },
            "Signs what is sent there and what is answered, by HMAC-SHA256. Required when webhook_url is set.") { NeedsRestart = true });
}

using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Injection;
using Postern.Engine.Detection.Injection.Learned;
using Postern.Engine.Detection.Known;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Rules.Bundles;
using Postern.Engine.Detection.Secrets;
using Postern.Engine.Detection.Tools.Definitions;
using Postern.Engine.Editing;
using Postern.Engine.Flow;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;
using Postern.Engine.Views;

namespace Postern.Engine.Configuration;

/// <summary>Turns a configuration that was read without errors into a policy, or into all reasons why it cannot be one.</summary>
public static class PolicyCompiler
{
    /// <summary>Compiles.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="own">The operator's own secrets; null for none.</param>
    /// <param name="bundles">At least the bundles that <c>rules.bundles</c> pins; others have no effect; null for none.</param>
    public static PolicyCompilation Compile(PosternConfig config, OwnSecrets? own = null, IReadOnlyList<RuleBundle>? bundles = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        var errors = new List<string>();
        if (config.MediationEnvelope is { Sign: true, Enabled: false })
        {
            errors.Add("mediation_envelope.sign: there is nothing to sign without 'enabled: true'");
        }

        var pinned = RuleSelection.Pinned(config, bundles ?? [], errors);
        var rules = RuleSelection.Of(config, pinned, errors);
        IDetector[] detectors =
        [
            new SecretDetector(rules), new InjectionDetector(rules, BudgetOf(config, errors)), .. PatternCompiler.Compile(config, errors),
            .. KnownValueCompiler.Compile(config, own ?? OwnSecrets.None, errors), .. CryptoCompiler.Compile(config, errors),
        ];
        var policy = new SecurityPolicy
        {
            Mode = config.Mode,
            Bundles = pinned,
            Enforce = config.Enforce,
            Agents = AgentCompiler.Compile(config, alone => Compile(alone, own, bundles), errors),
            Effects = EffectsOf(config),
            Destination = DestinationCompiler.Compile(config, errors),
            Passthrough = DestinationCompiler.PassthroughOf(config, errors),
            Detectors = detectors,
            DefinitionDetectors = [.. detectors, new PoisoningDetector(rules)],
            A2a = config.A2aScanning,
            Envelope = config.MediationEnvelope,
            Baseline = config.BehavioralBaseline.Enabled ? ToolMonitors.ConfidenceOf(config.BehavioralBaseline.DeviationAction) : null,
            Definitions = ToolPolicyCompiler.DefinitionsOf(config),
            Tools = ToolPolicyCompiler.Compile(config.McpToolPolicy, rules, errors),
            Redirects = ToolPolicyCompiler.RedirectsOf(config.McpToolPolicy),
            Monitors = [new RequestRate(), new DataBudget(), .. SequenceCompiler.Compile(config, detectors, errors), .. ToolMonitors.Compile(config, rules, errors), .. SessionMonitors.Compile(config)],
            Adaptive = SessionMonitors.AdaptiveOf(config, errors),
            Calls = ToolMonitors.ReaderOf(config),
            WatchesFlow = config.ToolChainDetection is { Enabled: true, DataFlow: true },
            Views = ViewsOf(config.Limits),
            Flow = FlowOf(config),
            WebSockets = config.WebSocketProxy,
            Media = MediaCompiler.Compile(config.MediaPolicy),
            Shield = MediaCompiler.ShieldOf(config.BrowserShield, errors),
            Suppressions = SuppressionList.Compile(config, pinned, errors),
            Redaction = RedactionOf(config, pinned, errors),
            CredentialHeaders = [.. config.RequestBodyScanning.SensitiveHeaders],
        };
        return new PolicyCompilation(errors.Count == 0 ? policy : null, errors);
    }

    /// <summary>What findings cost. Cells that are not written deny.</summary>
    private static EffectTable EffectsOf(PosternConfig config)
    {
        var strict = config.Mode == Mode.Strict;
        var likelySecret = new Floor(strict ? Severity.Medium : Severity.High, Confidence.Medium);
        var response = config.ResponseScanning;
        var inboundFloor = response.Action != ScanAction.BySeverity ? new Floor(Severity.Low, Confidence.Medium)
            : strict ? new Floor(Severity.Medium, Confidence.Medium) : new Floor(Severity.High, Confidence.High);

        // What only warns about bodies and headers is a list of suppressions: a URL refuses all the same.
        var outbound = config.Redaction.Enabled ? Effect.Redact
            : config.RequestBodyScanning.Action == ScanAction.Warn ? Effect.Deny : EffectOf(config.RequestBodyScanning.Action);
        var table = new EffectTable()
            .Set(RuleCategory.Secret, Direction.Outbound, Floor.Any, Effect.Allow)
            .Set(RuleCategory.Secret, Direction.Outbound, likelySecret, outbound)
            .Set(RuleCategory.Secret, Direction.Inbound, Floor.Any, Effect.Allow)
            .Set(RuleCategory.Session, Direction.Inbound, Floor.Any, Effect.Allow)
            .Set(RuleCategory.Session, Direction.Inbound, new Floor(Severity.Critical, Confidence.Certain), Effect.Deny)
            .Set(RuleCategory.Session, Direction.Outbound, Floor.Any, Effect.Allow)
            .Set(RuleCategory.Session, Direction.Outbound, new Floor(Severity.Medium, Confidence.Medium), Effect.Ask)
            .Set(RuleCategory.Session, Direction.Outbound, new Floor(Severity.High, Confidence.High), Effect.Deny)
            .Set(RuleCategory.Budget, Direction.Outbound, Floor.Any, Effect.Allow)
            .Set(RuleCategory.Budget, Direction.Outbound, new Floor(Severity.Low, Confidence.Medium), Effect.Ask)
            .Set(RuleCategory.Budget, Direction.Outbound, new Floor(Severity.Low, Confidence.High), Effect.Deny)
            .Set(RuleCategory.Secret, Direction.Inbound, likelySecret, EffectOf(config.Dlp.ResponseAction))
            .Set(RuleCategory.Destination, Direction.Outbound, Floor.Any, Effect.Allow)
            .Set(RuleCategory.Destination, Direction.Outbound, new Floor(Severity.Low, Confidence.Medium), Effect.Deny)
            .Set(RuleCategory.Media, Direction.Outbound, Floor.Any, Effect.Allow)
            .Set(RuleCategory.Media, Direction.Outbound, new Floor(Severity.High, Confidence.Medium), Effect.Deny)
            .Set(RuleCategory.Media, Direction.Inbound, Floor.Any, Effect.Allow)
            .Set(RuleCategory.Media, Direction.Inbound, new Floor(Severity.High, Confidence.Medium), Effect.Deny)
            .Set(RuleCategory.Injection, Direction.Outbound, Floor.Any, Effect.Allow)
            .Set(RuleCategory.Injection, Direction.Inbound, Floor.Any, Effect.Allow)
            .Set(RuleCategory.Injection, Direction.Inbound, inboundFloor, response.Enabled ? EffectOf(response.Action) : Effect.Allow);
        return ToolPolicyCompiler.Price(config, table);
    }

    internal static Effect EffectOf(ScanAction action) => action switch
    {
        ScanAction.Warn => Effect.Allow,
        ScanAction.Ask => Effect.Ask,
        ScanAction.Strip or ScanAction.Redact => Effect.Redact,
        _ => Effect.Deny,
    };

    /// <summary>A class that no rule has is an error: whoever wrote it believes that something is replaced.</summary>
    private static RedactionScope RedactionOf(PosternConfig config, IReadOnlyList<RuleBundle> bundles, List<string> errors)
    {
        var section = config.Redaction;
        var rules = RuleCatalogue.All.Concat(CodedRules.All).Concat(bundles.SelectMany(static bundle => bundle.Table.Rules)).Where(static rule => rule.Category == RuleCategory.Secret).ToArray();
        foreach (var written in section.Profiles.SelectMany(static profile => profile.Classes))
        {
            if (!Array.Exists(rules, rule => RedactionScope.Means(written, rule.Id)) && !config.Dlp.Patterns.Any(pattern => RedactionScope.Means(written, PatternCompiler.IdOf(pattern))))
            {
                errors.Add($"redaction.profiles: no rule finds the class '{written}'; 'postern rules list' shows the ids they are named after");
            }
        }

        if (section.DefaultProfile.Length == 0)
        {
            return RedactionScope.All;
        }

        var profile = section.Profiles.FirstOrDefault(profile => profile.Name == section.DefaultProfile);
        if (profile is null)
        {
            errors.Add($"redaction.default_profile: there is no profile '{section.DefaultProfile}'");
        }

        return new RedactionScope(profile?.Classes ?? []);
    }

    /// <summary>The budget of the learned model; 0 when it is switched off by any of the ways there are.</summary>
    private static int BudgetOf(PosternConfig config, List<string> errors)
    {
        var budget = config.ResponseScanning.FalsePositiveBudget;
        if (!config.ResponseScanning.IncludeDefaults || config.Rules.Disabled.Any(static entry => Wildcard.IsMatch(entry, RuleCatalogue.LearnedInjection.Id)))
        {
            return 0;
        }

        // The default is supported, a test says so; a start without a wish must not read the model.
        if (budget > InjectionBudget.Default && budget > InjectionBudget.Tightest)
        {
            errors.Add($"response_scanning.false_positive_budget: the built-in model was calibrated on too few documents for one false alarm in {budget}; the tightest budget that it supports is {InjectionBudget.Tightest}");
            return 0;
        }

        return budget;
    }

    private static ViewLimits ViewsOf(LimitsSection limits) =>
        new(MaxDepth: limits.MaxViewDepth, MaxJsonDepth: limits.MaxJsonDepth, MaxMultipartParts: limits.MaxMultipartParts);

    private static FlowLimits FlowOf(PosternConfig config)
    {
        var limits = config.Limits;
        return new FlowLimits(
            HoldBytes: (int)limits.HoldBytes,
            WindowBytes: limits.WindowBytes,
            OverlapBytes: limits.OverlapBytes,
            HoldIdleMs: limits.HoldIdleMs,
            MaxBodyBytes: config.RequestBodyScanning.MaxBodyBytes,
            MaxPieceBytes: config.ResponseScanning.SseStreaming.MaxEventBytes,
            MaxExpansion: limits.MaxDecompressionRatio,
            MaxDecodedBytes: limits.MaxDecompressedBytes);
    }
}

using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Injection;
using Postern.Engine.Detection.Injection.Learned;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Secrets;
using Postern.Engine.Flow;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;
using Postern.Engine.Views;

namespace Postern.Engine.Configuration;

/// <summary>Turns a configuration that was read without errors into a policy, or into all reasons why it cannot be one.</summary>
public static class PolicyCompiler
{
    /// <summary>Compiles.</summary>
    public static PolicyCompilation Compile(PosternConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var errors = new List<string>();
        var rules = RuleSelection.Of(config, errors);
        var policy = new SecurityPolicy
        {
            Mode = config.Mode,
            Enforce = config.Enforce,
            Effects = EffectsOf(config),
            Destination = DestinationCompiler.Compile(config, errors),
            Passthrough = DestinationCompiler.PassthroughOf(config, errors),
            Detectors = [new SecretDetector(rules), new InjectionDetector(rules, BudgetOf(config, errors)), .. PatternCompiler.Compile(config, errors)],
            Monitors = [new RequestRate(), new DataBudget()],
            Views = ViewsOf(config.Limits),
            Flow = FlowOf(config),
            Suppressions = SuppressionList.Compile(config, errors),
            CredentialHeaders = [.. config.RequestBodyScanning.SensitiveHeaders],
        };
        return new PolicyCompilation(errors.Count == 0 ? policy : null, errors);
    }

    /// <summary>What findings cost. Cells that are not written deny.</summary>
    private static EffectTable EffectsOf(PosternConfig config)
    {
        var strict = config.Mode == Mode.Strict;
        var response = config.ResponseScanning;
        var inbound = response.Enabled && response.Action != ScanAction.Warn ? Effect.Deny : Effect.Allow;
        var inboundFloor = response.Action != ScanAction.BySeverity ? new Floor(Severity.Low, Confidence.Medium)
            : strict ? new Floor(Severity.Medium, Confidence.Medium) : new Floor(Severity.High, Confidence.High);
        return new EffectTable()
            .Set(RuleCategory.Secret, Direction.Outbound, Floor.Any, Effect.Allow)
            .Set(RuleCategory.Secret, Direction.Outbound, new Floor(strict ? Severity.Medium : Severity.High, Confidence.Medium), Effect.Deny)
            .Set(RuleCategory.Secret, Direction.Inbound, Floor.Any, Effect.Allow)
            .Set(RuleCategory.Injection, Direction.Outbound, Floor.Any, Effect.Allow)
            .Set(RuleCategory.Injection, Direction.Inbound, Floor.Any, Effect.Allow)
            .Set(RuleCategory.Injection, Direction.Inbound, inboundFloor, inbound);
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

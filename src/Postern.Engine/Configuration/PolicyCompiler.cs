using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Injection;
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
            Detectors = [new SecretDetector(rules), new InjectionDetector(rules), .. PatternCompiler.Compile(config, errors)],
            Tools = rules.Tools,
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
            .Set(RuleCategory.Tool, Direction.Outbound, Floor.Any, Effect.Allow)
            .Set(RuleCategory.Tool, Direction.Outbound, new Floor(Severity.Medium, Confidence.Medium), Effect.Ask)
            .Set(RuleCategory.Tool, Direction.Outbound, new Floor(Severity.High, Confidence.High), Effect.Deny)
            .Set(RuleCategory.Injection, Direction.Outbound, Floor.Any, Effect.Allow)
            .Set(RuleCategory.Injection, Direction.Inbound, Floor.Any, Effect.Allow)
            .Set(RuleCategory.Injection, Direction.Inbound, inboundFloor, inbound);
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

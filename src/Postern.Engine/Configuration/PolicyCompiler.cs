using System.Collections.Immutable;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Detection.Injection;
using Postern.Engine.Detection.Patterns;
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
        var rules = RuleCatalogue.Table.Without(config.Rules.Disabled.ToHashSet(StringComparer.Ordinal));
        IDetector[] detectors =
        [
            new SecretDetector(rules),
            new InjectionDetector(rules),
            .. PatternDetectors(config, errors),
        ];
        var policy = new SecurityPolicy
        {
            Mode = (Mode)config.Mode,
            Enforce = config.Enforce,
            Effects = EffectsOf(config),
            Destination = DestinationOf(config, errors),
            Detectors = detectors,
            Monitors = [new RequestRate(), new DataBudget()],
            Views = ViewsOf(config.Limits),
            Flow = FlowOf(config),
            Suppressions = [.. config.Suppress.Select(static entry => new Suppression(entry.Rule, entry.Path, entry.Reason)), .. ExemptionsOf(config)],
            CredentialHeaders = [.. config.RequestBodyScanning.SensitiveHeaders.Select(static name => name.ToLowerInvariant())],
        };
        return new PolicyCompilation(errors.Count == 0 ? policy : null, errors);
    }

    /// <summary>What findings cost. Cells that are not written deny.</summary>
    private static EffectTable EffectsOf(PosternConfig config)
    {
        var strict = config.Mode == PolicyMode.Strict;
        var body = config.RequestBodyScanning;
        var outbound = body.Enabled ? EffectOf(body.Action) : Effect.Allow;
        var response = config.ResponseScanning;
        var inbound = !response.Enabled ? Effect.Allow : response.Action == ScanAction.BySeverity ? Effect.Deny : EffectOf(response.Action);
        var inboundFloor = strict ? new Floor(Severity.Medium, Confidence.Medium)
            : response.Action == ScanAction.BySeverity ? new Floor(Severity.High, Confidence.High) : new Floor(Severity.Low, Confidence.Medium);
        return new EffectTable()
            .Set(RuleCategory.Secret, Direction.Outbound, Floor.Any, Effect.Allow)
            .Set(RuleCategory.Secret, Direction.Outbound, new Floor(strict ? Severity.Medium : Severity.High, Confidence.Medium), outbound)
            .Set(RuleCategory.Secret, Direction.Inbound, Floor.Any, Effect.Allow)
            .Set(RuleCategory.Injection, Direction.Outbound, Floor.Any, Effect.Allow)
            .Set(RuleCategory.Injection, Direction.Inbound, Floor.Any, Effect.Allow)
            .Set(RuleCategory.Injection, Direction.Inbound, inboundFloor, inbound);
    }

    private static Effect EffectOf(ScanAction action) => action switch
    {
        ScanAction.Warn => Effect.Allow,
        ScanAction.Ask => Effect.Ask,
        ScanAction.Strip => Effect.Redact,
        _ => Effect.Deny,
    };

    private static DestinationPolicy DestinationOf(PosternConfig config, List<string> errors)
    {
        var monitoring = config.FetchProxy.Monitoring;
        return new DestinationPolicy(
            Strict: config.Mode == PolicyMode.Strict,
            Allowlist: DomainSet.Parse(config.ApiAllowlist),
            Blocklist: DomainSet.Parse(monitoring.Blocklist),
            TrustedDomains: DomainSet.Parse(config.TrustedDomains),
            EntropyExclusions: DomainSet.Parse(monitoring.SubdomainEntropyExclusions),
            EntropyThreshold: monitoring.EntropyThreshold,
            SubdomainEntropyThreshold: monitoring.SubdomainEntropyThreshold,
            MaxUrlBytes: monitoring.MaxUrlLength,
            RequestsPerMinute: monitoring.MaxRequestsPerMinute,
            DataPerMinute: monitoring.MaxDataPerMinute)
        {
            InternalRanges = RangesOf("internal", config.Internal, errors),
            AllowedRanges = RangesOf("ssrf.ip_allowlist", config.Ssrf.IpAllowlist, errors),
            ConnectPorts = [.. config.ForwardProxy.ConnectPorts.SelectMany(static range => Enumerable.Range(range.First, range.Last - range.First + 1))],
        };
    }

    private static ImmutableArray<IpRange> RangesOf(string key, IReadOnlyList<string> entries, List<string> errors)
    {
        var ranges = ImmutableArray.CreateBuilder<IpRange>(entries.Count);
        foreach (var entry in entries)
        {
            if (IpRange.TryParse(entry, out var range))
            {
                ranges.Add(range);
            }
            else
            {
                errors.Add($"{key}: '{entry}' is no address range in CIDR form");
            }
        }

        return ranges.ToImmutable();
    }

    private static IEnumerable<IDetector> PatternDetectors(PosternConfig config, List<string> errors)
    {
        var secrets = config.Dlp.Patterns.Select(static pattern => UserPattern.Secret(pattern.Name, pattern.Regex, (Severity)pattern.Severity));
        var injections = config.ResponseScanning.Patterns.Select(static pattern => UserPattern.Injection(pattern.Name, pattern.Regex));
        UserPattern[] patterns = [.. secrets, .. injections];
        foreach (var twice in patterns.GroupBy(static pattern => pattern.Rule.Id).Where(static group => group.Count() > 1))
        {
            errors.Add($"two patterns share the id {twice.Key}: give them names that differ in letters or digits");
        }

        return patterns.Length == 0 ? [] : [new PatternDetector(patterns)];
    }

    /// <summary>Exempt destinations are suppressions of a whole category; core rules hold there too.</summary>
    private static IEnumerable<Suppression> ExemptionsOf(PosternConfig config) =>
        config.ResponseScanning.ExemptDomains.Select(static domain => new Suppression("injection.*", domain, "response_scanning.exempt_domains"))
            .Concat(config.Dlp.Patterns.SelectMany(static pattern => pattern.ExemptDomains.Select(domain =>
                new Suppression(UserPattern.IdOf("secret", pattern.Name), domain, "dlp.patterns.exempt_domains"))));

    private static ViewLimits ViewsOf(LimitsSection limits) =>
        new(MaxDepth: Math.Min(limits.MaxViewDepth, 5), MaxJsonDepth: limits.MaxJsonDepth, MaxMultipartParts: limits.MaxMultipartParts);

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

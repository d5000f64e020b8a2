using Postern.Engine.Configuration.Sections;
using Postern.Engine.Monitoring;
using Postern.Engine.Monitoring.Adaptive;

namespace Postern.Engine.Configuration;

/// <summary>The monitors of whole sessions, as the configuration wants them.</summary>
internal static class SessionMonitors
{
    public static IEnumerable<IMonitor> Compile(PosternConfig config)
    {
        var budget = config.Budget;
        if (budget.MaxRequestsPerSession > 0 || budget.MaxBytesPerSession > 0 || budget.MaxUniqueDomainsPerSession > 0)
        {
            yield return new SessionBudget(new SessionLimits(budget.MaxRequestsPerSession, budget.MaxUniqueDomainsPerSession) { Bytes = budget.MaxBytesPerSession, WindowMinutes = budget.WindowMinutes });
        }

        if (config.SessionProfiling is { Enabled: true } profiling)
        {
            yield return new SessionProfile(profiling, ToolMonitors.Acting(ProfileRules.DomainBurst, profiling.AnomalyAction), ToolMonitors.Acting(ProfileRules.VolumeSpike, profiling.AnomalyAction));
        }
    }

    /// <summary>What looks last; null when sessions are not scored.</summary>
    public static AdaptiveMonitor? AdaptiveOf(PosternConfig config, List<string> errors)
    {
        var airlock = config.Airlock;
        if (airlock.Enabled && !config.AdaptiveEnforcement.Enabled)
        {
            errors.Add("airlock.enabled: nothing would ever close it without adaptive_enforcement.enabled");
        }

        if (airlock.OnElevated > airlock.OnHigh || airlock.OnHigh > airlock.OnCritical)
        {
            errors.Add("airlock: a higher level cannot have a milder tier; on_elevated, on_high and on_critical must not fall");
        }

        return config.AdaptiveEnforcement.Enabled ? new AdaptiveMonitor(config.AdaptiveEnforcement, airlock) : null;
    }
}

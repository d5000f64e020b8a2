using Postern.Engine.Configuration.Sections;
using Postern.Transports.Http.Reverse;

namespace Postern.Program.Running;

/// <summary>What stands behind the reverse proxy, as the configuration says.</summary>
internal static class ReversePlan
{
    /// <summary>Every server, when there is a reverse proxy.</summary>
    public static IEnumerable<Uri> ServersOf(ReverseProxySection section) =>
        section.Listen.Length == 0 ? [] : TargetsOf(section).SelectMany(static target => target.Servers).Distinct();

    /// <summary>Every route, and the one for all the rest.</summary>
    public static IEnumerable<ReverseTarget> TargetsOf(ReverseProxySection section) =>
    [
        .. section.Routes.Select(static route => new ReverseTarget(route.Host, route.Path.TrimEnd('/'), [.. route.Upstreams.Select(static url => new Uri(url))], route.HealthPath)),
        .. section.Upstream.Length == 0 ? (ReadOnlySpan<ReverseTarget>)[] : [new ReverseTarget("", "", [new Uri(section.Upstream)], "")],
    ];
}

using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Pages;

/// <summary>How pages are rewritten, compiled from <c>browser_shield</c>.</summary>
public sealed record ShieldPolicy
{
    /// <summary>Whether they are.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>Whether comments and what is out of sight is cut out.</summary>
    public bool StripsHidden { get; init; } = true;

    /// <summary>Whether images of one pixel and calls ahead are cut out.</summary>
    public bool StripsPixels { get; init; } = true;

    /// <summary>Hosts from which nothing is loaded.</summary>
    public DomainSet Tracking { get; init; } = DomainSet.Empty;

    /// <summary>Origins whose pages stay as they are.</summary>
    public DomainSet Exempt { get; init; } = DomainSet.Empty;
}

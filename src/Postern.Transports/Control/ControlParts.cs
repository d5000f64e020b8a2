using Postern.Engine.Monitoring;
using Postern.Engine.Policy;
using Postern.Transports.Control.Approvals;
using Postern.Transports.Control.Live;
using Postern.Transports.Http.Local;
using Postern.Transports.Telemetry;

namespace Postern.Transports.Control;

/// <summary>What the control port steers.</summary>
public sealed record ControlParts
{
    /// <summary>The kill switch.</summary>
    public required KillSwitch Switch { get; init; }

    /// <summary>The questions.</summary>
    public required ApprovalDesk Approvals { get; init; }

    /// <summary>Checks answers that come by callback; null when there is no webhook.</summary>
    public required CallbackSignature? Callback { get; init; }

    /// <summary>The last decisions.</summary>
    public required LiveFeed Feed { get; init; }

    /// <summary>Who did what.</summary>
    public required SessionBook Sessions { get; init; }

    /// <summary>The monitors' states, forgotten when a session is released.</summary>
    public required ISessionStore States { get; init; }

    /// <summary>The policy in force.</summary>
    public required PolicyHolder Policies { get; init; }

    /// <summary>The counts.</summary>
    public required DecisionMeter Meter { get; init; }

    /// <summary>What Postern says about itself.</summary>
    public required ServiceFacts Facts { get; init; }

    /// <summary>Puts a sentence about the control port into the evidence. Must not throw.</summary>
    public required Action<string> Note { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time => Facts.Time;

    /// <summary>Reads the configuration again and says what came of it; null when there is no file.</summary>
    public Func<ReloadReport>? Reload { get; set; }
}

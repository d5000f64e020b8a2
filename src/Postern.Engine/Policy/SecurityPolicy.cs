using Postern.Engine.Agents;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Detection.Rules.Bundles;
using Postern.Engine.Detection.Tools;
using Postern.Engine.Editing;
using Postern.Engine.Flow;
using Postern.Engine.Media;
using Postern.Engine.Monitoring;
using Postern.Engine.Monitoring.Adaptive;
using Postern.Engine.Monitoring.Tools.Chains;
using Postern.Engine.Pages;
using Postern.Engine.Views;

namespace Postern.Engine.Policy;

/// <summary>The compiled rules of the house; immutable, made by the policy compiler, swapped whole.</summary>
public sealed record SecurityPolicy
{
    /// <summary>How much is trusted by default.</summary>
    public required Mode Mode { get; init; }

    /// <summary>False to let pass and record what would have been refused.</summary>
    public required bool Enforce { get; init; }

    /// <summary>The agents that are known, each with a policy of its own.</summary>
    public AgentProfiles Agents { get; init; } = AgentProfiles.None;

    /// <summary>What findings cost.</summary>
    public required EffectTable Effects { get; init; }

    /// <summary>Where the agent may go.</summary>
    public required DestinationPolicy Destination { get; init; }

    /// <summary>Hosts whose tunnels stay opaque.</summary>
    public required DomainSet Passthrough { get; init; }

    /// <summary>What looks at every view, in order.</summary>
    public required IDetector[] Detectors { get; init; }

    /// <summary>The rule bundles whose rules run beside the built-in ones.</summary>
    public IReadOnlyList<RuleBundle> Bundles { get; init; } = [];

    /// <summary>What looks at calls of tools; null when they are not judged.</summary>
    internal ToolPolicy? Tools { get; init; }

    /// <summary>What is done about the lists of servers.</summary>
    internal DefinitionSettings Definitions { get; init; } = new();

    /// <summary>What looks at every view of such a list: all detectors and those for descriptions.</summary>
    internal IDetector[] DefinitionDetectors { get; init; } = [];

    /// <summary>What is looked at where agents talk to agents.</summary>
    internal A2aScanningSection A2a { get; init; } = new();

    /// <summary>How sure it is that a call unlike those observed is to be refused; null when calls are not observed.</summary>
    internal Confidence? Baseline { get; init; }

    /// <summary>What the other side is told about mediation.</summary>
    internal MediationEnvelopeSection Envelope { get; init; } = new();

    /// <summary>Programs that may answer instead of tools.</summary>
    internal IReadOnlyList<Redirect> Redirects { get; init; } = [];

    /// <summary>The program that answers the calls that a rule refuses; null when the refusal is final.</summary>
    public Redirect? RedirectOf(string ruleId) => Tools?.Own.FirstOrDefault(rule => rule.IsRedirect && rule.Rule.Id == ruleId) is { } own
        ? Redirects.FirstOrDefault(redirect => redirect.Name == own.Profile)
        : null;

    /// <summary>What calls of tools do, for monitors.</summary>
    internal CallReader Calls { get; init; } = CallReader.Default;

    /// <summary>True when data flow between calls is watched.</summary>
    internal bool WatchesFlow { get; init; }

    /// <summary>What looks at messages in sequence, in order.</summary>
    public required IMonitor[] Monitors { get; init; }

    /// <summary>What looks last, at messages that are refused too, and remembers what came of them; null when nobody does.</summary>
    internal AdaptiveMonitor? Adaptive { get; init; }

    /// <summary>How much decoding one message may cost.</summary>
    public required ViewLimits Views { get; init; }

    /// <summary>How bodies are held, cut and bounded.</summary>
    public required FlowLimits Flow { get; init; }

    /// <summary>What WebSockets may carry, and how many there may be.</summary>
    public WebSocketProxySection WebSockets { get; init; } = new();

    /// <summary>What media may pass.</summary>
    public MediaPolicy Media { get; init; } = new();

    /// <summary>How pages are rewritten.</summary>
    public ShieldPolicy Shield { get; init; } = new();

    /// <summary>What the operator has accepted.</summary>
    public required Suppression[] Suppressions { get; init; }

    /// <summary>What may be replaced by a placeholder.</summary>
    public required RedactionScope Redaction { get; init; }

    /// <summary>Header names, lower case, whose values are meant to be credentials.</summary>
    public required string[] CredentialHeaders { get; init; }

    /// <summary>What one finding in a message of <paramref name="direction"/> costs by itself, when the policy is enforced.</summary>
    public Effect EffectOf(Direction direction, Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return Judge.CostOf(this, direction, finding);
    }
}

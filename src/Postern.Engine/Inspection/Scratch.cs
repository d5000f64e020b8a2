using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Detection.Tools.Definitions;
using Postern.Engine.Editing;
using Postern.Engine.Flow;
using Postern.Engine.Monitoring;
using Postern.Engine.Monitoring.Tools.Baseline;
using Postern.Engine.Monitoring.Tools.Chains;
using Postern.Engine.Monitoring.Tools.Flow;
using Postern.Engine.Policy;
using Postern.Engine.Views;

namespace Postern.Engine.Inspection;

/// <summary>What one inspection works in; rented from <see cref="ScratchPool"/>, so that a clean message allocates nothing.</summary>
internal sealed class Scratch
{
    /// <summary>Hits of one stretch that wait to be located.</summary>
    public const int MaxPending = 256;

    private readonly byte[] _domain = new byte[CanonicalHost.MaxBytes];
    private JudgedUrl _judged;
    private int _domainLength;

    public Scratch(ViewLimits limits, SeenBodies bodies) => (Views, Bodies) = (new ViewBuilder(limits), bodies);

    /// <summary>Builds the views.</summary>
    public ViewBuilder Views { get; }

    /// <summary>What need not be looked at again; outlives the message.</summary>
    public CleanHeads Heads { get; } = new();

    /// <summary>What was seen in bodies; shared with the other workspaces.</summary>
    public SeenBodies Bodies { get; }

    /// <summary>Where detectors report.</summary>
    public HitList Hits { get; } = new();

    /// <summary>Hits waiting to be located in the source they came from.</summary>
    public List<PendingHit> Pending { get; } = [];

    /// <summary>What the view builder could not show.</summary>
    public List<PendingHit> Misses { get; } = [];

    /// <summary>True when a hit that could have refused was not kept.</summary>
    public bool LostHits { get; private set; }

    /// <summary>The calls of tools in the message.</summary>
    public List<CallSummary> Calls { get; } = [];

    /// <summary>How their tools are called; empty when nobody compares it.</summary>
    public List<CallShape> Shapes { get; } = [];

    /// <summary>True when fingerprints of the message's text are wanted.</summary>
    public bool IsFlowing { get; private set; }

    /// <summary>The fingerprints of the message's text.</summary>
    public Grams Grams => field ??= new();

    /// <summary>What was found so far.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>Edits that the policy wants whatever was found, in order.</summary>
    public List<Edit> Rewrites { get; } = [];

    /// <summary>Bytes of an image that were read, as it is no picture that they hold.</summary>
    public int MetadataBytes { get; set; }

    /// <summary>Keys the fingerprints of findings.</summary>
    public ReadOnlyMemory<byte> FingerprintKey { get; set; }

    /// <summary>The message that was edited, while the one made of it goes on in its place; null when nothing was edited.</summary>
    public Message? Original { get; set; }

    /// <summary>The definitions that the message lists; null when it is no list.</summary>
    public List<Definition>? Listed { get; set; }

    /// <summary>When the inspection began; suppressions end by it.</summary>
    public DateTimeOffset Now { get; set; }

    /// <summary>Why the message may pass at all.</summary>
    public Grant Grant { get; set; }

    /// <summary>What the judge said before the last monitor looked.</summary>
    public Effect Effect { get; set; }

    /// <summary>The monitors that have something to say of the message.</summary>
    public List<IMonitor> Watching { get; } = [];

    /// <summary>Their states, in the same order.</summary>
    public StateBatch States { get; } = new();

    /// <summary>The request's destination before its addresses are known; default when the message names none.</summary>
    public JudgedUrl Judged
    {
        set
        {
            _judged = value;
            var host = value.Url.Authority.Host;
            var domain = host.Kind == HostKind.None ? default : PublicSuffixes.RegistrableDomain(in host);
            domain.CopyTo(_domain);
            _domainLength = domain.Length;
        }
    }

    /// <summary>What budgets are kept by: the registrable domain of a name, the address itself of a literal; empty without a target.</summary>
    public ReadOnlySpan<byte> Domain => _domain.AsSpan(0, _domainLength);

    /// <summary>The same without a copy; it holds the host by value.</summary>
    public ref readonly JudgedUrl JudgedRef => ref _judged;

    /// <summary>True when the message names a destination that could be read.</summary>
    public bool HasTarget => _judged.Url.Authority.Host.Kind != HostKind.None;

    /// <summary>Takes note of hits that were not kept, as far as their category could refuse in this direction.</summary>
    public void NoteDropped(HitList hits, Direction direction)
    {
        for (var category = RuleCategory.Secret; hits.HasDropped && category <= RuleCategory.Operation; category++)
        {
            LostHits |= hits.HasDroppedOf(category) && Judge.IsGuarded(category, direction);
        }
    }

    /// <summary>Takes note of one hit that was not kept.</summary>
    public void NoteLost(Rule rule, Direction direction) => LostHits |= Judge.IsGuarded(rule.Category, direction);

    /// <summary>Begins to take fingerprints.</summary>
    public void Flow(ReadOnlySpan<byte> key)
    {
        IsFlowing = true;
        Grams.Begin(key);
    }

    /// <summary>Forgets the message.</summary>
    public void Clear()
    {
        Hits.Clear();
        Pending.Clear();
        Misses.Clear();
        LostHits = false;
        Original = null;
        Calls.Clear();
        Shapes.Clear();
        IsFlowing = false;
        Listed = null;
        Findings.Clear();
        Rewrites.Clear();
        MetadataBytes = 0;
        Judged = default;
    }
}

using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Monitoring;
using Postern.Engine.Views;

namespace Postern.Engine.Inspection;

/// <summary>What one inspection works in; rented from <see cref="ScratchPool"/>, so that a clean message allocates nothing.</summary>
internal sealed class Scratch
{
    private readonly byte[] _domain = new byte[CanonicalHost.MaxBytes];
    private JudgedUrl _judged;
    private int _domainLength;

    public Scratch(ViewLimits limits) => Views = new ViewBuilder(limits);

    /// <summary>Builds the views.</summary>
    public ViewBuilder Views { get; }

    /// <summary>Where detectors report.</summary>
    public HitList Hits { get; } = new();

    /// <summary>Hits waiting to be located in the source they came from.</summary>
    public List<PendingHit> Pending { get; } = [];

    /// <summary>What was found so far.</summary>
    public List<Finding> Findings { get; } = [];

    /// <summary>State of the monitor that is running.</summary>
    public byte[] MonitorState { get; } = new byte[IMonitor.MaxStateBytes];

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

    /// <summary>Forgets the message.</summary>
    public void Clear()
    {
        Hits.Clear();
        Pending.Clear();
        Findings.Clear();
        Judged = default;
    }
}

using Postern.Engine.Detection;

namespace Postern.Engine.Monitoring;

/// <summary>Pure: (state, message) → (findings, state). Never sees the store.</summary>
public interface IMonitor
{
    /// <summary>Stable number of this monitor, part of its state's key.</summary>
    int Id { get; }

    /// <summary>Size of the state in bytes, at most <see cref="MaxStateBytes"/>.</summary>
    int StateBytes { get; }

    /// <summary>False when the message is none of this monitor's business; otherwise what its state is about.</summary>
    bool TryKey(scoped in Observation observation, out UInt128 subject);

    /// <summary>Looks at the message, changes the state in place, reports what it thinks. All zeros is the initial state.</summary>
    void Observe(scoped in Observation observation, Span<byte> state, HitList hits);

    /// <summary>What a finding of this monitor is about, as findings name places; the host by default.</summary>
    string Place => "url.host";

    /// <summary>True for a state that must not be forgotten to make room for others: forgetting would let go what was held.</summary>
    bool MustKeep(ReadOnlySpan<byte> state) => false;

    /// <summary>Largest state a monitor may keep; copied out and in for each message that it looks at.</summary>
    const int MaxStateBytes = 32 * 1024;
}

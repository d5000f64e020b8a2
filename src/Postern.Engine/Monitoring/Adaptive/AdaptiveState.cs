using System.Buffers.Binary;

namespace Postern.Engine.Monitoring.Adaptive;

/// <summary>
/// How a session stands, over the bytes of a state. Layout, little-endian: version (1 byte, 0 = never used), level (1), tier (1), 5 zero; score in hundredths (8),
/// last time something happened that counts (8), begin of the tier (8).
/// </summary>
internal readonly ref struct AdaptiveState(Span<byte> state)
{
    /// <summary>Bytes of state; all zero is a session like any other.</summary>
    public const int StateBytes = 32;

    /// <summary>The number of the monitor whose states these are.</summary>
    public const int Monitor = 22;

    /// <summary>One point of the score.</summary>
    public const int Point = 100;

    private const byte Version = 1;
    private readonly Span<byte> _state = state;

    public ThreatLevel Level
    {
        get => (ThreatLevel)Math.Min(_state[1], (byte)ThreatLevel.Critical);
        set => _state[1] = (byte)value;
    }

    public AirlockTier Tier => (AirlockTier)Math.Min(_state[2], (byte)AirlockTier.Drain);

    /// <summary>In hundredths of a point.</summary>
    public long Score
    {
        get => Math.Max(0, Long(8));
        set => Put(8, value);
    }

    public long LastMs
    {
        get => Long(16);
        set => Put(16, value);
    }

    public long TierSinceMs => Long(24);

    /// <summary>What is suspected or shut off must not be forgotten.</summary>
    public static bool IsHeld(ReadOnlySpan<byte> state) => state[1] != 0 || state[2] != 0;

    /// <summary>The key of one session's state.</summary>
    public static SessionKey KeyOf(string actor) => new(Monitor, Subject.Of(actor, "adaptive"u8), actor);

    public void Begin(long nowMs)
    {
        if (_state[0] != Version)
        {
            _state.Clear();
            _state[0] = Version;
            LastMs = nowMs;
        }
    }

    public void Enter(AirlockTier tier, long nowMs)
    {
        _state[2] = (byte)tier;
        Put(24, nowMs);
    }

    /// <summary>Takes down what time has taken down: a level for each while without anything that counts, a tier when its time is over.</summary>
    public void Recover(long nowMs, AdaptiveTimes times)
    {
        while (Level > ThreatLevel.Normal && nowMs - LastMs >= times.RecoveryMs)
        {
            Level--;
            LastMs += times.RecoveryMs;
            Score = times.ThresholdOf(Level) / 2;
        }

        while (Tier > AirlockTier.None && nowMs - TierSinceMs >= times.OfTier(Tier))
        {
            Enter(Tier - 1, TierSinceMs + times.OfTier(Tier));
        }
    }

    private long Long(int at) => BinaryPrimitives.ReadInt64LittleEndian(_state[at..]);

    private void Put(int at, long value) => BinaryPrimitives.WriteInt64LittleEndian(_state[at..], value);
}

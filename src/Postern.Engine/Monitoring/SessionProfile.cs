using System.Buffers.Binary;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection;
using Postern.Engine.Flow;

namespace Postern.Engine.Monitoring;

/// <summary>What is unlike what a session did before: many new domains in a window, or much more sent in one than in those before. Recorded once in a window; refused every time.</summary>
/// <remarks>
/// State, little-endian: begin of the session and of the window (8 bytes each, 0 = never used), bytes sent in it (8), windows before (8), bytes in all of them (8), then 1 for a
/// burst and 1 for a spike that were reported in this window, 6 zero; a <see cref="DomainTable"/>. Windows in which nothing happened do not count.
/// </remarks>
internal sealed class SessionProfile(SessionProfilingSection section, Rule burst, Rule spike) : IMonitor
{
    private const int HeaderBytes = 48;
    private const int BurstAt = 40;
    private const int SpikeAt = 41;
    private const long MinuteMs = 60_000;

    /// <summary>Less is no spike, and windows before it that are compared with at least.</summary>
    private const long MinSpikeBytes = 256 * 1024;
    private const int MinWindows = 3;

    public int Id => 21;

    public int StateBytes => HeaderBytes + DomainTable.StateBytes;

    public string Place => "session";

    private long WindowMs => section.WindowMinutes * MinuteMs;

    public bool TryKey(scoped in Observation observation, out UInt128 subject)
    {
        subject = default;
        if (observation.Message.Direction != Direction.Outbound)
        {
            return false;
        }

        subject = Subject.Of(observation.Exchange.Actor, "session"u8);
        return true;
    }

    public void Observe(scoped in Observation observation, Span<byte> state, HitList hits)
    {
        // The origin of time is a time like any other.
        var now = observation.NowMs + 1;
        Turn(state, now);
        NoteDomain(observation, state, now, hits);
        var sent = Long(state, 16) + observation.Message.Bytes.Length - observation.Message.Facts.Lead;
        Put(state, 16, sent);
        var windows = Long(state, 24);
        if (section.VolumeSpikeRatio > 0 && windows >= MinWindows && sent > Math.Max(MinSpikeBytes, section.VolumeSpikeRatio * Long(state, 32) / windows))
        {
            Report(spike, ref state[SpikeAt], hits);
        }
    }

    private void NoteDomain(scoped in Observation observation, Span<byte> state, long now, HitList hits)
    {
        if (section.DomainBurst == 0 || !observation.IsAsking || observation.Domain.IsEmpty)
        {
            return;
        }

        var domains = new DomainTable(state[HeaderBytes..]);
        var domain = DomainTable.HashOf(observation.Domain);
        var isNew = !domains.IsUsedSince(domain, long.MinValue);
        domains.Use(domain, now);
        if (isNew && Long(state, 0) != Long(state, 8) && domains.NewSince(Long(state, 8)) > section.DomainBurst)
        {
            Report(burst, ref state[BurstAt], hits);
        }
    }

    /// <summary>Begins the first window, or the next when this one is over.</summary>
    private void Turn(Span<byte> state, long now)
    {
        if (Long(state, 0) == 0)
        {
            Put(state, 0, now);
            Put(state, 8, now);
        }
        else if (now - Long(state, 8) >= WindowMs)
        {
            Put(state, 8, now);
            Put(state, 24, Long(state, 24) + 1);
            Put(state, 32, Long(state, 32) + Long(state, 16));
            Put(state, 16, 0);
            state[BurstAt] = state[SpikeAt] = 0;
        }
    }

    private void Report(Rule rule, ref byte reported, HitList hits)
    {
        if (reported == 0 || section.AnomalyAction != ScanAction.Warn)
        {
            hits.Add(rule, 0, 0);
        }

        reported = 1;
    }

    private static long Long(ReadOnlySpan<byte> state, int at) => BinaryPrimitives.ReadInt64LittleEndian(state[at..]);

    private static void Put(Span<byte> state, int at, long value) => BinaryPrimitives.WriteInt64LittleEndian(state[at..], value);
}

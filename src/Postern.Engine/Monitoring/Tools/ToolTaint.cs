using System.Buffers.Binary;
using System.Text;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection;
using Postern.Engine.Monitoring.Tools.Chains;
using Postern.Engine.Monitoring.Tools.Tainting;

namespace Postern.Engine.Monitoring.Tools;

/// <summary>
/// Remembers that a principal's agent has read text of strangers, and how it was meant. Only time clears it: nothing that an agent says, no new session and no other server does.
/// </summary>
/// <remarks>State, little-endian: version (1 byte, 0 = never used), level (1), length of the name (1), 5 zero, time of the untrusted text (8), of the hostile text (8), name of the call that brought it (24).</remarks>
internal sealed class ToolTaint(TaintPolicy policy, int expiresMinutes) : IMonitor
{
    private const CallKinds Dangerous = CallKinds.Write | CallKinds.Exec | CallKinds.Secret | CallKinds.Send | CallKinds.Persist;
    private const byte Version = 1;
    private const int UntrustedAt = 8;
    private const int HostileAt = 16;
    private const int NameAt = 24;

    private readonly long _lastsMs = expiresMinutes * 60_000L;

    /// <summary>The number of this monitor.</summary>
    public const int Number = 13;

    public int Id => Number;

    public int StateBytes => NameAt + CallSummary.MaxName;

    public string Place => "session";

    /// <summary>A flood of other state does not wash it away.</summary>
    public bool MustKeep(ReadOnlySpan<byte> state) => state[UntrustedAt..NameAt].ContainsAnyExcept((byte)0);

    public bool TryKey(scoped in Observation observation, out UInt128 subject)
    {
        var isNews = observation.Calls.Length > 0 || observation.Answered is not null;
        subject = isNews ? Subject.Of(observation.Exchange.Actor, "tools"u8) : default;
        return isNews;
    }

    public void Observe(scoped in Observation observation, Span<byte> state, HitList hits)
    {
        var before = LevelOf(state, observation.NowMs);
        if (observation.Answered is { } answered && observation.Calls.IsEmpty)
        {
            var level = observation.Has(RuleCategory.Injection) ? TaintLevel.Hostile : (answered.Kinds & CallKinds.Fetch) != 0 ? TaintLevel.Untrusted : TaintLevel.Trusted;
            Raise(state, level, answered.Name, observation.NowMs);
            if (level > before)
            {
                hits.Add(new Hit(TaintRules.Raised, 0, 0, Confidence.Certain) { Detail = $"{answered.Name} brought {(level == TaintLevel.Hostile ? "hostile" : "untrusted")} text" });
            }

            return;
        }

        foreach (var call in observation.Calls)
        {
            if (RuleFor(before, call) is { } rule)
            {
                hits.Add(new Hit(rule, 0, 0, rule.Confidence) { Detail = $"{call.Name}, after {NameOf(state)}" });
            }
        }
    }

    private Rule? RuleFor(TaintLevel level, CallSummary call) => level switch
    {
        TaintLevel.Hostile when call.Protection > Protection.None || (call.Kinds & Dangerous) != 0 => TaintRules.Hostile,
        TaintLevel.Trusted => null,
        _ when call.Protection == Protection.Protected => TaintRules.Untrusted,
        _ when policy != TaintPolicy.Permissive && (call.Kinds & (CallKinds.Secret | CallKinds.Persist)) != 0 => TaintRules.Untrusted,
        _ when policy == TaintPolicy.Strict && (call.Protection == Protection.Elevated || (call.Kinds & (CallKinds.Exec | CallKinds.Send)) != 0) => TaintRules.Untrusted,
        _ => null,
    };

    private TaintLevel LevelOf(ReadOnlySpan<byte> state, long nowMs) =>
        IsFresh(state, HostileAt, TaintLevel.Hostile, nowMs) ? TaintLevel.Hostile
        : IsFresh(state, UntrustedAt, TaintLevel.Untrusted, nowMs) ? TaintLevel.Untrusted
        : TaintLevel.Trusted;

    private bool IsFresh(ReadOnlySpan<byte> state, int at, TaintLevel level, long nowMs) =>
        state[0] == Version && state[1] >= (byte)level && BinaryPrimitives.ReadInt64LittleEndian(state[at..]) is var time and not 0 && nowMs - time <= _lastsMs;

    private void Raise(Span<byte> state, TaintLevel level, string name, long nowMs)
    {
        if (level == TaintLevel.Trusted)
        {
            return;
        }

        // A milder source does not take the place of a worse one that still counts.
        if (level >= LevelOf(state, nowMs))
        {
            state[NameAt..].Clear();
            state[2] = (byte)Encoding.ASCII.GetBytes(name, state[NameAt..]);
        }

        state[1] = Math.Max(state[1], (byte)level);
        state[0] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(state[(level == TaintLevel.Hostile ? HostileAt : UntrustedAt)..], Math.Max(1, nowMs));
    }

    private static string NameOf(ReadOnlySpan<byte> state) => Encoding.ASCII.GetString(state.Slice(NameAt, Math.Min(state[2], (byte)CallSummary.MaxName)));
}

using System.Numerics;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Monitoring.Tools.Chains;
using Postern.Engine.Monitoring.Tools.Flow;

namespace Postern.Engine.Monitoring.Tools;

/// <summary>
/// What sensitive calls returned, recognised in what later calls send or run. Keyed by the principal alone, since what one server returned leaves through another.
/// </summary>
internal sealed class DataFlow : IMonitor
{
    /// <summary>Calls whose answers are remembered.</summary>
    public const CallKinds Sources = CallKinds.Read | CallKinds.Fetch | CallKinds.Environment | CallKinds.Secret | CallKinds.Screenshot | CallKinds.Database;

    /// <summary>Calls whose arguments are compared.</summary>
    public const CallKinds Sinks = CallKinds.Network | CallKinds.Exec;

    /// <summary>Fingerprints of one answer, about; more text is remembered more sparsely.</summary>
    private const int PerSource = 1024;

    /// <summary>Rare runs are remembered so many times (as a power of two) more densely.</summary>
    private const int RareBonus = 4;

    public int Id => 12;

    public int StateBytes => FlowMemory.StateBytes;

    public string Place => "session";

    /// <summary>True when the runs of this message are of interest.</summary>
    public static bool Wants(Message message, ReadOnlySpan<CallSummary> calls)
    {
        var kinds = message.Direction == Direction.Outbound ? Sinks : Sources;
        foreach (var call in calls)
        {
            if ((call.Kinds & kinds) != 0)
            {
                return true;
            }
        }

        return false;
    }

    public bool TryKey(scoped in Observation observation, out UInt128 subject)
    {
        var applies = !observation.Grams.IsEmpty;
        subject = applies ? Subject.Of(observation.Exchange.Actor, "tools"u8) : default;
        return applies;
    }

    public void Observe(scoped in Observation observation, Span<byte> state, HitList hits)
    {
        var memory = new FlowMemory(state);
        if (observation.Answered is { } answered)
        {
            Remember(memory, answered, observation);
        }
        else
        {
            Compare(memory, observation, hits);
        }
    }

    private static void Remember(in FlowMemory memory, CallSummary answered, scoped in Observation observation)
    {
        var kind = observation.Has(RuleCategory.Secret) ? SourceKind.Secret : KindOf(answered.Kinds);
        var grams = observation.Grams;
        var sparse = BitOperations.Log2((uint)Math.Max(1, (grams.Length + PerSource - 1) / PerSource));
        sparse += (1 << sparse) * PerSource < grams.Length ? 1 : 0;
        var source = new FlowSource(kind, (byte)sparse, (byte)Math.Max(0, sparse - RareBonus));
        var index = memory.Open(source, answered.Name);
        foreach (var gram in grams)
        {
            if (source.Keeps(gram))
            {
                memory.Remember(gram, index);
            }
        }
    }

    private static void Compare(in FlowMemory memory, scoped in Observation observation, HitList hits)
    {
        Span<FlowScore> scores = stackalloc FlowScore[FlowMemory.MaxSources + 1];
        scores.Clear();
        Span<ulong> found = stackalloc ulong[FlowMemory.FoundWords];
        found.Clear();
        foreach (var gram in observation.Grams)
        {
            if (memory.Find(gram, found) is var source and not 0)
            {
                scores[source].Add(memory[source], gram);
            }
        }

        var kinds = CallKinds.None;
        foreach (var call in observation.Calls)
        {
            kinds |= call.Kinds;
        }

        for (var source = 1; source < scores.Length; source++)
        {
            if (scores[source].Covered > 0 && RuleFor(memory[source].Kind, kinds, scores[source]) is { } rule)
            {
                hits.Add(new Hit(rule, 0, 0, rule.Confidence) { Detail = $"{memory.NameOf(source)} returned it, {observation.Calls[0].Name} has it" });
            }
        }
    }

    /// <summary>Lengths are in letters and digits. A credential is short; quoting a sentence of a file is ordinary, a page of it is worth a record.</summary>
    private static Rule? RuleFor(SourceKind source, CallKinds sink, FlowScore score) => source switch
    {
        SourceKind.Secret when (sink & CallKinds.Network) != 0 && score.IsTelling(16, 40) => FlowRules.Secret,
        SourceKind.Private when (sink & CallKinds.Network) != 0 && score.IsTelling(24, 80) => FlowRules.Private,
        SourceKind.File when (sink & CallKinds.Network) != 0 && score.IsTelling(48, 160) => FlowRules.File,
        SourceKind.Fetched when (sink & CallKinds.Exec) != 0 && score.IsTelling(32, 48) => FlowRules.Fetched,
        _ => null,
    };

    private static SourceKind KindOf(CallKinds kinds) =>
        (kinds & CallKinds.Secret) != 0 ? SourceKind.Secret
        : (kinds & (CallKinds.Environment | CallKinds.Screenshot | CallKinds.Database)) != 0 ? SourceKind.Private
        : (kinds & CallKinds.Fetch) != 0 ? SourceKind.Fetched
        : SourceKind.File;
}

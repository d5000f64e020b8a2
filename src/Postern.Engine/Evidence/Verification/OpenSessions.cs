namespace Postern.Engine.Evidence.Verification;

/// <summary>Which actors did something that no manifest summed up. Bounded: beyond the limit actors are not followed.</summary>
internal sealed class OpenSessions
{
    /// <summary>Actors followed at once; more than a recorder keeps apart.</summary>
    public const int MaxFollowed = 4096;

    private const int MaxNamed = 100;

    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly List<string> _unended = [];

    /// <summary>Sessions that a manifest summed up.</summary>
    public long Ended { get; private set; }

    public long Unended { get; private set; }

    /// <summary>Whose the first of them are.</summary>
    public IReadOnlyList<string> UnendedActors => _unended;

    public void Take(RecordReader record)
    {
        if (record.IsResumption)
        {
            // The process that counted is gone, and began anew.
            GiveUp(record.Chain);
        }
        else if (record.Kind == RecordKind.Manifest)
        {
            Ended++;
            _open.Remove(record.Text(RecordField.Actor));
        }
        else if (record.Kind is RecordKind.Ruling or RecordKind.Open or RecordKind.Span or RecordKind.Close && _open.Count < MaxFollowed)
        {
            _open.Add(record.Text(RecordField.Actor));
        }
    }

    /// <summary>Nothing can sum these up any more.</summary>
    public void GiveUp(uint chain)
    {
        Unended += _open.Count;
        _unended.AddRange(_open.Order(StringComparer.Ordinal).Take(MaxNamed - _unended.Count).Select(actor => $"chain {chain:x8} actor {actor}"));
        _open.Clear();
    }
}

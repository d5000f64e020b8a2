using System.Globalization;

namespace Postern.Engine.Evidence.Verification;

/// <summary>Which streams were opened and not yet closed. Bounded: beyond the limit streams are counted as not followed.</summary>
internal sealed class OpenStreams
{
    /// <summary>How many open streams are followed at once.</summary>
    public const int MaxFollowed = 65_536;

    private const int MaxNamed = 100;

    private readonly HashSet<(ulong Exchange, bool Inbound)> _open = [];
    private readonly List<string> _unclosed = [];

    public long Unclosed { get; private set; }

    public long NotFollowed { get; private set; }

    public IReadOnlyList<string> UnclosedExchanges => _unclosed;

    public void Take(RecordReader record)
    {
        if (record.IsResumption)
        {
            // The process that had opened them is gone; exchange numbers start again.
            GiveUp(record.Chain);
        }
        else if (record.Kind == RecordKind.Close)
        {
            _open.Remove((record.Exchange, record.IsInbound));
        }
        else if (record.Kind == RecordKind.Open && !record.IsDenial)
        {
            if (_open.Count < MaxFollowed)
            {
                _open.Add((record.Exchange, record.IsInbound));
            }
            else
            {
                NotFollowed++;
            }
        }
    }

    /// <summary>Nothing can close these streams any more.</summary>
    public void GiveUp(uint chain)
    {
        Unclosed += _open.Count;
        foreach (var (exchange, inbound) in _open.Order().Take(MaxNamed - _unclosed.Count))
        {
            _unclosed.Add(string.Create(CultureInfo.InvariantCulture, $"chain {chain:x8} exchange {exchange} {(inbound ? "inbound" : "outbound")}"));
        }

        _open.Clear();
    }
}

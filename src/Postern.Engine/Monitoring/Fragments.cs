using System.Collections.Concurrent;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Monitoring;

/// <summary>
/// Keeps the pieces that one agent sends, to whomever and on whatever transport, and says when they make a secret together. Names and values are two streams.
/// </summary>
internal sealed class Fragments(FragmentJoin join, Rule rule, int windowMinutes) : IMonitor
{
    /// <summary>Pieces of one kind that are taken from one message.</summary>
    private const int MaxPieces = 16;

    /// <summary>A message of so few tokens may say nothing else; then every one of them is a piece.</summary>
    private const int FewTokens = 8;

    private const long MsPerMinute = 60_000;

    private readonly ConcurrentBag<Pieces> _idle = [];

    /// <inheritdoc/>
    public int Id => 3;

    /// <inheritdoc/>
    public int StateBytes => FragmentState.StateBytes;

    /// <inheritdoc/>
    public string Place => "messages";

    /// <inheritdoc/>
    public bool TryKey(scoped in Observation observation, out UInt128 subject)
    {
        subject = default;
        if (observation.Message.Direction != Direction.Outbound || !new SentTokens(observation.Message).MoveNext())
        {
            return false;
        }

        subject = Subject.Of(observation.Exchange.Actor, default);
        return true;
    }

    /// <inheritdoc/>
    public void Observe(scoped in Observation observation, Span<byte> state, HitList hits)
    {
        var minute = observation.NowMs / MsPerMinute;
        var kept = new FragmentState(state);
        kept.Expire(minute, windowMinutes);
        var pieces = _idle.TryTake(out var idle) ? idle : new Pieces();
        try
        {
            pieces.Read(observation.Message);
            var isSplit = Joins(kept, pieces, names: false, minute) | Joins(kept, pieces, names: true, minute);
            if (isSplit)
            {
                hits.Add(rule, 0, 0);
            }
        }
        finally
        {
            pieces.Clear();
            _idle.Add(pieces);
        }
    }

    private bool Joins(FragmentState kept, Pieces pieces, bool names, long minute)
    {
        var fresh = names ? pieces.Names : pieces.Values;
        pieces.Old.Clear();
        kept.CopyTo(pieces.Old, names);
        for (var i = fresh.Count - 1; names && i >= 0; i--)
        {
            // Names come again with every message of a kind, and mean nothing the second time.
            if (pieces.Old.Contains(fresh[i]))
            {
                fresh.RemoveAt(i);
            }
        }

        for (var i = 0; i < fresh.Count; i++)
        {
            kept.Add(fresh[i], names, minute);
        }

        return join.MakesSecret(pieces.Old, fresh);
    }

    /// <summary>The pieces of one message, and those that were kept.</summary>
    private sealed class Pieces
    {
        public PieceList Names { get; } = new();

        public PieceList Values { get; } = new();

        public PieceList Old { get; } = new();

        public void Read(Message message)
        {
            var count = 0;
            for (var tokens = new SentTokens(message); count <= FewTokens && tokens.MoveNext();)
            {
                count++;
            }

            for (var tokens = new SentTokens(message); tokens.MoveNext();)
            {
                var list = tokens.IsName ? Names : Values;
                var token = tokens.Current;
                var isPiece = count <= FewTokens && !tokens.IsName ? token.Length > 0 : Views.Pieces.IsFragment(token);
                if (token.Length <= FragmentState.MaxPiece && isPiece && list.Count < MaxPieces)
                {
                    list.Add(token);
                }
            }
        }

        public void Clear()
        {
            Names.Clear();
            Values.Clear();
            Old.Clear();
        }
    }
}

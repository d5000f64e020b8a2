using System.Text;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Shapes;
using Postern.Engine.Flow;

namespace Postern.Engine.Monitoring;

/// <summary>Bits of what looks drawn by lot that one agent sent in the window, to all destinations together that are not exempt.</summary>
internal sealed class EntropyBudget(EntropyBudgetSection section, Rule rule, HashSet<string> exempt) : IMonitor
{
    private const int MinToken = 8;

    /// <inheritdoc/>
    public int Id => 4;

    /// <inheritdoc/>
    public int StateBytes => RateWindow.StateBytes;

    /// <inheritdoc/>
    public string Place => "messages";

    /// <inheritdoc/>
    public bool TryKey(scoped in Observation observation, out UInt128 subject)
    {
        subject = default;
        if (observation.Message.Direction != Direction.Outbound || IsExempt(observation.Domain) || BitsOf(observation.Message) == 0)
        {
            return false;
        }

        subject = Subject.Of(observation.Exchange.Actor, default);
        return true;
    }

    /// <inheritdoc/>
    public void Observe(scoped in Observation observation, Span<byte> state, HitList hits)
    {
        // The window counts a minute; time that runs slower makes it longer.
        var now = observation.NowMs / section.WindowMinutes;
        RateWindow.Add(state, now, BitsOf(observation.Message));
        if (RateWindow.Total(state, now) >= section.BitsPerWindow)
        {
            hits.Add(rule, 0, 0);
        }
    }

    private bool IsExempt(ReadOnlySpan<byte> domain)
    {
        if (exempt.Count == 0 || domain.IsEmpty)
        {
            return false;
        }

        Span<char> name = stackalloc char[domain.Length];
        Encoding.ASCII.GetChars(domain, name);
        return exempt.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name);
    }

    private static long BitsOf(Message message)
    {
        var bits = 0.0;
        for (var tokens = new SentTokens(message); tokens.MoveNext();)
        {
            if (tokens.Current.Length >= MinToken && ValueRarity.IsRare(tokens.Current))
            {
                bits += Entropy.Of(tokens.Current) * tokens.Current.Length;
            }
        }

        return (long)bits;
    }
}

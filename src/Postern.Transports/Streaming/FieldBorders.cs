using System.Text;
using Postern.Engine.Flow;

namespace Postern.Transports.Streaming;

/// <summary>The borders of what an event says besides its data: comments, names, ids and retry times each go on from event to event.</summary>
internal sealed class FieldBorders
{
    private readonly Dictionary<string, BorderTail> _tails = new(StringComparer.Ordinal);

    /// <summary>A new event begins.</summary>
    public void Settle()
    {
        foreach (var tail in _tails.Values)
        {
            tail.Settle();
        }
    }

    /// <summary>The last event was not passed on.</summary>
    public void TakeBack()
    {
        foreach (var tail in _tails.Values)
        {
            tail.TakeBack();
        }
    }

    /// <summary>Adds a border for every name among <paramref name="fields"/>; their number is bounded by the reader.</summary>
    public void Cross(List<(string Name, string Value)> fields, MessageWriter writer)
    {
        foreach (var group in fields.GroupBy(static field => field.Name, StringComparer.Ordinal))
        {
            var said = Encoding.Latin1.GetBytes(string.Concat(group.Select(static field => field.Value)));
            if (!_tails.TryGetValue(group.Key, out var tail))
            {
                _tails[group.Key] = tail = new BorderTail();
            }

            tail.CrossNews(said, writer);
        }
    }
}

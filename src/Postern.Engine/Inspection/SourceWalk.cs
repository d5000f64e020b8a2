using Postern.Engine.Flow;

namespace Postern.Engine.Inspection;

/// <summary>Enumerates a message's stretches without allocating.</summary>
internal ref struct SourceWalk(Message message)
{
    private readonly ReadOnlySpan<Part> _parts = message.Parts;
    private readonly bool _skipsBody = message.IsBodyOpaque;
    private int _next;

    public SourceSpan Current { get; private set; }

    public readonly SourceWalk GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_next < _parts.Length && _parts[_next].Kind == PartKind.Body && _skipsBody)
        {
            _next++;
        }

        if (_next == _parts.Length)
        {
            return false;
        }

        ref readonly var first = ref _parts[_next];
        var start = first.NameLength > 0 ? first.NameStart : first.Start;
        var end = first.Start + first.Length;
        while (++_next < _parts.Length && first.Kind == PartKind.HeaderValue && _parts[_next].Kind == PartKind.HeaderValue)
        {
            end = _parts[_next].Start + _parts[_next].Length;
        }

        Current = new SourceSpan(first.Kind, start, end - start);
        return true;
    }
}

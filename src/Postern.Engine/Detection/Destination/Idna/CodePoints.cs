namespace Postern.Engine.Detection.Destination.Idna;

/// <summary>A bounded list of code points on the caller's stack. Running full is remembered and makes the host invalid.</summary>
internal ref struct CodePoints(Span<uint> room)
{
    private readonly Span<uint> _room = room;
    private int _count;

    /// <summary>True once a code point did not fit.</summary>
    public bool Overflowed { get; private set; }

    public readonly Span<uint> Span => _room[.._count];

    public void Add(uint codePoint)
    {
        if (_count == _room.Length)
        {
            Overflowed = true;
            return;
        }

        _room[_count++] = codePoint;
    }

    public void Truncate(int count) => _count = count;
}

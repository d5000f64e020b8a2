namespace Postern.Engine.Views;

/// <summary>A growing list of ranges that is reused from walk to walk.</summary>
internal sealed class RangeList
{
    private ByteRange[] _items = new ByteRange[16];

    public int Count { get; private set; }

    public ReadOnlySpan<ByteRange> Items => _items.AsSpan(0, Count);

    public int HeldBytes => _items.Length * 8;

    public void Clear() => Count = 0;

    public void Add(int start, int end)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Count * 2);
        }

        _items[Count++] = new ByteRange(start, end);
    }

    /// <summary>Cuts off what lies beyond the end of the text.</summary>
    public void Clamp(int end)
    {
        while (Count > 0 && _items[Count - 1].Start >= end)
        {
            Count--;
        }

        if (Count > 0 && _items[Count - 1].End > end)
        {
            _items[Count - 1] = _items[Count - 1] with { End = end };
        }
    }

    public void Release()
    {
        _items = new ByteRange[16];
        Count = 0;
    }
}

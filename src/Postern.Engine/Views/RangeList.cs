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

    public void Release()
    {
        _items = new ByteRange[16];
        Count = 0;
    }
}

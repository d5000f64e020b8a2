using System.Runtime.CompilerServices;

namespace Postern.Engine.Views;

/// <summary>Where the stretches of a view came from, in the order of the view's bytes; filled only while a hit is being located.</summary>
internal sealed class OriginMap
{
    private Origin[] _items = [];
    private int _count;

    public void Clear() => _count = 0;

    /// <summary>Gives scratch back that one large view made grow.</summary>
    public void Trim(int maxKeptBytes)
    {
        if (_items.Length * Unsafe.SizeOf<Origin>() > maxKeptBytes)
        {
            _items = [];
        }
    }

    public void Add(in Origin origin)
    {
        if (_count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(64, _count * 2));
        }

        _items[_count++] = origin;
    }

    /// <summary>Takes back everything after <paramref name="length"/> bytes of the view.</summary>
    public void Truncate(int length)
    {
        while (_count > 0 && _items[_count - 1].OutStart >= length)
        {
            _count--;
        }

        if (_count > 0 && _items[_count - 1] is var last && last.OutEnd > length && last.OutUnit == 1)
        {
            var kept = length - last.OutStart;
            _items[_count - 1] = last with { OutLength = kept, InLength = Math.Min(last.InLength, kept * last.InUnit) };
        }
    }

    /// <summary>The parent's bytes that a range of the view came from; empty when it came from nowhere.</summary>
    public ByteRange Locate(ByteRange range)
    {
        var start = int.MaxValue;
        var end = 0;
        for (var i = FirstAfter(range.Start); i < _count && _items[i].OutStart < range.End; i++)
        {
            start = Math.Min(start, _items[i].First(range.Start));
            end = Math.Max(end, _items[i].End(range.End));
        }

        return start == int.MaxValue ? default : new ByteRange(start, end);
    }

    private int FirstAfter(int offset)
    {
        var low = 0;
        var high = _count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_items[middle].OutEnd > offset)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}

namespace Postern.Engine.Monitoring;

/// <summary>Pieces of text, one after the other in one buffer that is reused.</summary>
internal sealed class PieceList
{
    private readonly List<(int Start, int Length)> _places = [];
    private byte[] _bytes = new byte[FragmentState.StateBytes];
    private int _length;

    /// <summary>How many there are.</summary>
    public int Count => _places.Count;

    /// <summary>One of them.</summary>
    public ReadOnlySpan<byte> this[int index] => _bytes.AsSpan(_places[index].Start, _places[index].Length);

    /// <summary>Appends a piece.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        if (_length + piece.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + piece.Length));
        }

        piece.CopyTo(_bytes.AsSpan(_length));
        _places.Add((_length, piece.Length));
        _length += piece.Length;
    }

    /// <summary>True when an equal piece is there.</summary>
    public bool Contains(ReadOnlySpan<byte> piece)
    {
        for (var i = 0; i < Count; i++)
        {
            if (this[i].SequenceEqual(piece))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes one out.</summary>
    public void RemoveAt(int index) => _places.RemoveAt(index);

    /// <summary>Forgets them all.</summary>
    public void Clear()
    {
        _places.Clear();
        _bytes.AsSpan(0, _length).Clear();
        _length = 0;
    }
}

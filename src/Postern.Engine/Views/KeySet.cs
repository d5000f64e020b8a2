namespace Postern.Engine.Views;

/// <summary>
/// The keys of the JSON objects that are being read, in one hash table that is reused from text to text without being
/// cleared. The hash is seeded per process, so nobody can prepare keys that collide.
/// </summary>
internal sealed class KeySet
{
    private const int InitialSlots = 64;

    private Slot[] _slots = new Slot[InitialSlots];
    private int _count;
    private int _text;

    /// <summary>Begins a new text.</summary>
    public void Begin()
    {
        _count = 0;
        if (++_text == int.MaxValue || _slots.Length > 1 << 16)
        {
            _slots = new Slot[InitialSlots];
            _text = 1;
        }
    }

    /// <summary>Adds the key that stands at a range of <paramref name="bytes"/>; false when the object has it already.</summary>
    public bool Add(int objectId, ByteRange key, ReadOnlySpan<byte> bytes)
    {
        if (_count * 2 >= _slots.Length)
        {
            Grow();
        }

        var hasher = default(HashCode);
        hasher.Add(objectId);
        hasher.AddBytes(bytes[key.Start..key.End]);
        var added = new Slot(_text, objectId, hasher.ToHashCode(), key);
        var mask = _slots.Length - 1;
        var at = added.Hash & mask;
        while (_slots[at].Text == _text)
        {
            if (_slots[at].Hash == added.Hash && _slots[at].ObjectId == objectId
                && bytes[_slots[at].Key.Start.._slots[at].Key.End].SequenceEqual(bytes[key.Start..key.End]))
            {
                return false;
            }

            at = (at + 1) & mask;
        }

        _slots[at] = added;
        _count++;
        return true;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new Slot[old.Length * 2];
        var mask = _slots.Length - 1;
        foreach (var slot in old)
        {
            if (slot.Text == _text)
            {
                var at = slot.Hash & mask;
                while (_slots[at].Text == _text)
                {
                    at = (at + 1) & mask;
                }

                _slots[at] = slot;
            }
        }
    }

    private readonly record struct Slot(int Text, int ObjectId, int Hash, ByteRange Key);
}

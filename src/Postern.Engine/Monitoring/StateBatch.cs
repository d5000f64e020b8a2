namespace Postern.Engine.Monitoring;

/// <summary>The states of one actor that one decision works on: loaded together, committed together or not at all. Reused; one user at a time.</summary>
public sealed class StateBatch
{
    private Slot[] _slots = new Slot[4];
    private byte[] _bytes = [];
    private int _used;

    /// <summary>Whose states.</summary>
    public string Actor { get; private set; } = string.Empty;

    /// <summary>How many.</summary>
    public int Count { get; private set; }

    /// <summary>What a store holds on behalf of this decision from the first load to <see cref="End"/>; null where it holds nothing.</summary>
    public IDisposable? Turn { get; set; }

    /// <summary>Begins the next decision.</summary>
    public void Begin(string actor)
    {
        (Actor, Count, _used) = (actor, 0, 0);
    }

    /// <summary>Adds the state of a monitor about a subject, before anything is loaded.</summary>
    public void Add(int monitor, UInt128 subject, int stateBytes)
    {
        if (Count == _slots.Length)
        {
            Array.Resize(ref _slots, Count * 2);
        }

        _slots[Count++] = new Slot(new SessionKey(monitor, subject, Actor), _used, stateBytes);
        _used += stateBytes;
        if (_bytes.Length < _used)
        {
            _bytes = new byte[Math.Max(_used, _bytes.Length * 2)];
        }
    }

    /// <summary>Names a state.</summary>
    public ref readonly SessionKey KeyOf(int index) => ref _slots[index].Key;

    /// <summary>The bytes of a state; zeros where there was none.</summary>
    public Span<byte> StateOf(int index) => _bytes.AsSpan(_slots[index].Start, _slots[index].Length);

    /// <summary>What the store said of a state when it was loaded; 0 where there was none.</summary>
    public ref long VersionOf(int index) => ref _slots[index].Version;

    /// <summary>True for a state that is never forgotten to make room; where there is no room left the commit fails.</summary>
    public ref bool MustKeepOf(int index) => ref _slots[index].MustKeep;

    /// <summary>Lets go what the store holds for this decision, committed or not.</summary>
    public void End()
    {
        Turn?.Dispose();
        Turn = null;
    }

    private struct Slot(in SessionKey key, int start, int length)
    {
        public readonly SessionKey Key = key;
        public readonly int Start = start;
        public readonly int Length = length;
        public long Version;
        public bool MustKeep;
    }
}

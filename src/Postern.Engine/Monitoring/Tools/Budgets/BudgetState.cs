using System.Buffers.Binary;

namespace Postern.Engine.Monitoring.Tools.Budgets;

/// <summary>
/// What the calls of one session have cost, over the bytes of a state. Layout, little-endian: version (1 byte, 0 = never used), calls kept (1),
/// calls open (1), 5 zero; first call (8), latest call (8), calls so far (8); 64 calls, newest first: time (8), tool (4), arguments (4), bytes (4), 4 zero;
/// 64 open calls: exchange (8), time (8); 32 failing tools: tool (4), failures (4), latest (8). The failing tool 0 is the server itself.
/// </summary>
internal readonly ref struct BudgetState(Span<byte> state)
{
    /// <summary>Calls kept, and calls that can be open.</summary>
    public const int MaxCalls = 64;

    /// <summary>Bytes of state; all zero is a session that has not begun.</summary>
    public const int StateBytes = FailingStart + (MaxFailing * FailingBytes);

    private const byte Version = 1;
    private const int CallStart = 32;
    private const int CallBytes = 24;
    private const int OpenStart = CallStart + (MaxCalls * CallBytes);
    private const int OpenBytes = 16;
    private const int FailingStart = OpenStart + (MaxCalls * OpenBytes);
    private const int FailingBytes = 16;
    private const int MaxFailing = 32;

    private readonly Span<byte> _state = state;

    public int Kept => Math.Min(_state[1], (byte)MaxCalls);

    public int Open => Math.Min(_state[2], (byte)MaxCalls);

    public long FirstMs => Long(8);

    public long LatestMs => Long(16);

    public long Calls => Long(24);

    /// <summary>Begins when nothing was there, or when what was there is over.</summary>
    public void Begin(long nowMs, long idleMs)
    {
        if (_state[0] != Version || nowMs - LatestMs > idleMs)
        {
            _state.Clear();
            _state[0] = Version;
            BinaryPrimitives.WriteInt64LittleEndian(_state[8..], nowMs);
        }
    }

    /// <summary>Puts a call in front, and counts it.</summary>
    public void Add(BudgetCall call)
    {
        var kept = Math.Min(Kept, MaxCalls - 1);
        _state.Slice(CallStart, kept * CallBytes).CopyTo(_state[(CallStart + CallBytes)..]);
        _state[1] = (byte)(kept + 1);
        var entry = _state.Slice(CallStart, CallBytes);
        BinaryPrimitives.WriteInt64LittleEndian(entry, call.TimeMs);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], call.Tool);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[12..], call.Arguments);
        BinaryPrimitives.WriteInt32LittleEndian(entry[16..], call.Bytes);
        BinaryPrimitives.WriteInt64LittleEndian(_state[16..], call.TimeMs);
        BinaryPrimitives.WriteInt64LittleEndian(_state[24..], Calls + 1);
    }

    /// <summary>The call so many calls ago; 0 is the newest.</summary>
    public BudgetCall this[int ago]
    {
        get
        {
            var entry = _state.Slice(CallStart + (ago * CallBytes), CallBytes);
            return new BudgetCall(BinaryPrimitives.ReadInt64LittleEndian(entry), BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]))
            {
                Arguments = BinaryPrimitives.ReadUInt32LittleEndian(entry[12..]),
                Bytes = BinaryPrimitives.ReadInt32LittleEndian(entry[16..]),
            };
        }
    }

    /// <summary>A call waits for its answer; those that waited too long are given up.</summary>
    public void Wait(ulong exchange, long nowMs, long patienceMs)
    {
        var open = Open;
        for (var i = open - 1; i >= 0; i--)
        {
            if (nowMs - Long(OpenStart + (i * OpenBytes) + 8) > patienceMs)
            {
                open = Close(i, open);
            }
        }

        if (open < MaxCalls)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(_state[(OpenStart + (open * OpenBytes))..], exchange);
            BinaryPrimitives.WriteInt64LittleEndian(_state[(OpenStart + (open * OpenBytes) + 8)..], nowMs);
            open++;
        }

        _state[2] = (byte)open;
    }

    /// <summary>A call was answered.</summary>
    public void Answer(ulong exchange)
    {
        for (var i = 0; i < Open; i++)
        {
            if ((ulong)Long(OpenStart + (i * OpenBytes)) == exchange)
            {
                _state[2] = (byte)Close(i, Open);
                return;
            }
        }
    }

    /// <summary>Counts a failure, or forgets them all after a success.</summary>
    public void Settle(uint tool, bool failed, long nowMs)
    {
        var at = FailingOf(tool);
        var count = failed ? Failures(tool, nowMs, long.MaxValue) + 1 : 0;
        BinaryPrimitives.WriteUInt32LittleEndian(_state[at..], tool);
        BinaryPrimitives.WriteInt32LittleEndian(_state[(at + 4)..], count);
        BinaryPrimitives.WriteInt64LittleEndian(_state[(at + 8)..], nowMs);
    }

    /// <summary>Failures in a row, the latest not older than <paramref name="restMs"/>.</summary>
    public int Failures(uint tool, long nowMs, long restMs)
    {
        var at = FailingOf(tool);
        var isThere = BinaryPrimitives.ReadUInt32LittleEndian(_state[at..]) == tool;
        return isThere && nowMs - Long(at + 8) <= restMs ? BinaryPrimitives.ReadInt32LittleEndian(_state[(at + 4)..]) : 0;
    }

    private int Close(int index, int open)
    {
        _state.Slice(OpenStart + ((open - 1) * OpenBytes), OpenBytes).CopyTo(_state[(OpenStart + (index * OpenBytes))..]);
        return open - 1;
    }

    /// <summary>The place of a tool: its own, or that of the one that failed longest ago. The first place is the server's.</summary>
    private int FailingOf(uint tool)
    {
        var oldest = FailingStart + FailingBytes;
        if (tool == 0)
        {
            return FailingStart;
        }

        for (var i = 1; i < MaxFailing; i++)
        {
            var at = FailingStart + (i * FailingBytes);
            if (BinaryPrimitives.ReadUInt32LittleEndian(_state[at..]) == tool)
            {
                return at;
            }

            oldest = Long(at + 8) < Long(oldest + 8) ? at : oldest;
        }

        return oldest;
    }

    private long Long(int at) => BinaryPrimitives.ReadInt64LittleEndian(_state[at..]);
}

namespace Postern.Fuzz;

/// <summary>Which edges between blocks of code a run has taken. <see cref="Instrumentation"/> puts a call of <see cref="Hit"/> at the start of each block.</summary>
public static class Coverage
{
    /// <summary>Room for edges; blocks are numbered at random in it, so that few edges share a place.</summary>
    public const int Size = 1 << 16;

    private static readonly byte[] s_run = new byte[Size];
    private static readonly byte[] s_seen = new byte[Size];
    private static int s_before;

    /// <summary>Edges that any run has taken.</summary>
    public static int Edges { get; private set; }

    /// <summary>A block begins.</summary>
    public static void Hit(int block)
    {
        ref var count = ref s_run[(s_before ^ block) & (Size - 1)];
        if (count < byte.MaxValue)
        {
            count++;
        }

        s_before = block >> 1;
    }

    /// <summary>A run begins.</summary>
    public static void Begin()
    {
        s_run.AsSpan().Clear();
        s_before = 0;
    }

    /// <summary>True when the run took an edge that none took before, or took one ten times as often.</summary>
    public static bool IsNews()
    {
        var isNews = false;
        for (var i = s_run.AsSpan().IndexOfAnyExcept((byte)0); i >= 0;)
        {
            var order = (byte)(s_run[i] switch { 1 => 1, < 4 => 2, < 32 => 4, _ => 8 });
            if ((s_seen[i] & order) == 0)
            {
                Edges += s_seen[i] == 0 ? 1 : 0;
                s_seen[i] |= order;
                isNews = true;
            }

            var next = s_run.AsSpan(i + 1).IndexOfAnyExcept((byte)0);
            i = next < 0 ? -1 : i + 1 + next;
        }

        return isNews;
    }

    /// <summary>Another target begins.</summary>
    public static void Forget()
    {
        s_seen.AsSpan().Clear();
        Edges = 0;
    }
}

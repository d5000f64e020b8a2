using Postern.Engine.Views;

namespace Postern.Engine.Inspection;

/// <summary>A few workspaces, kept in slots without a lock; more inspections at once make their own and drop them.</summary>
internal sealed class ScratchPool(ViewLimits limits)
{
    private readonly SeenBodies _bodies = new();
    private readonly Scratch?[] _slots = new Scratch?[32];

    /// <summary>The limits its view builders work under.</summary>
    public ViewLimits Limits { get; } = limits;

    public Scratch Rent()
    {
        for (var i = 0; i < _slots.Length; i++)
        {
            if (Volatile.Read(ref _slots[i]) is not null && Interlocked.Exchange(ref _slots[i], null) is { } free)
            {
                return free;
            }
        }

        return new Scratch(Limits, _bodies);
    }

    public void Return(Scratch scratch)
    {
        scratch.Clear();
        for (var i = 0; i < _slots.Length; i++)
        {
            if (Volatile.Read(ref _slots[i]) is null && Interlocked.CompareExchange(ref _slots[i], scratch, null) is null)
            {
                return;
            }
        }
    }
}

namespace Postern.Transports.Control.Approvals;

/// <summary>What an approval should cover besides the question itself. The default value: nothing.</summary>
/// <param name="Length">How long; zero for this once.</param>
/// <param name="IsAlike">True for all that this actor asks of this target for these reasons, false for repetitions of this very message.</param>
public readonly record struct GrantWish(TimeSpan Length, bool IsAlike)
{
    /// <summary>What both want.</summary>
    public GrantWish And(GrantWish other) => new(Length < other.Length ? Length : other.Length, IsAlike && other.IsAlike);
}

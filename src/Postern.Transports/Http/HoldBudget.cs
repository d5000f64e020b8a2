namespace Postern.Transports.Http;

/// <summary>
/// How much of bodies may be held at once, over all exchanges: many clients that each hold a little must not hold the memory of
/// the machine. The copy in the message counts too. When it is used up a body is judged in pieces from where it stands. Thread-safe.
/// </summary>
/// <param name="maxBytes">The budget.</param>
internal sealed class HoldBudget(long maxBytes = HoldBudget.DefaultBytes)
{
    /// <summary>512 MiB: 256 exchanges that each hold as much as one may by default, and judge it.</summary>
    public const long DefaultBytes = 512L * 1024 * 1024;

    private long _takenBytes;

    /// <summary>How much is held now.</summary>
    public long TakenBytes => Interlocked.Read(ref _takenBytes);

    /// <summary>Takes <paramref name="bytes"/>; false, and nothing taken, when there is not so much left.</summary>
    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _takenBytes, bytes) <= maxBytes)
        {
            return true;
        }

        Interlocked.Add(ref _takenBytes, -bytes);
        return false;
    }

    /// <summary>Gives back what was taken.</summary>
    public void Return(long bytes) => Interlocked.Add(ref _takenBytes, -bytes);
}

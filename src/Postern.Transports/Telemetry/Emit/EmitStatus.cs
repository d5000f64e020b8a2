namespace Postern.Transports.Telemetry.Emit;

/// <summary>How a sink is doing. Written by its pump, read by whoever reports it.</summary>
/// <param name="name">The sink.</param>
/// <param name="pendingBytes">Counts the evidence it was not told of yet.</param>
public sealed class EmitStatus(string name, Func<long> pendingBytes)
{
    private long _delivered;
    private long _failures;
    private long _refused;
    private long _missed;
    private long _lastMs;
    private string? _trouble;

    /// <summary>The sink.</summary>
    public string Name => name;

    /// <summary>Events it took.</summary>
    public long Delivered => Volatile.Read(ref _delivered);

    /// <summary>Attempts that failed, and are made again.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>Events it does not take, which are left out.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Records that retention deleted before it was told of them.</summary>
    public long Missed => Volatile.Read(ref _missed);

    /// <summary>When it took something last, in milliseconds since 1970; 0 for never.</summary>
    public long LastDeliveryMs => Volatile.Read(ref _lastMs);

    /// <summary>What is wrong with it, in words without secrets; null when the last attempt worked.</summary>
    public string? Trouble => Volatile.Read(ref _trouble);

    /// <summary>Bytes of evidence it was not told of yet.</summary>
    public long PendingBytes => pendingBytes();

    internal void Took(int events, DateTimeOffset now)
    {
        Interlocked.Add(ref _delivered, events);
        Volatile.Write(ref _lastMs, now.ToUnixTimeMilliseconds());
        Volatile.Write(ref _trouble, null);
    }

    internal void Failed(string why)
    {
        Interlocked.Increment(ref _failures);
        Volatile.Write(ref _trouble, why);
    }

    internal void LeftOut(int events) => Interlocked.Add(ref _refused, events);

    internal void MissedRecords(long records) => Interlocked.Add(ref _missed, records);
}

namespace Postern.Program.Benching;

/// <summary>
/// Processor time this process used, so that neighbours on the machine do not count. The benchmark has one busy thread;
/// a thread's own clock in /proc moves only with the scheduler's tick.
/// </summary>
internal static class CpuClock
{
    /// <summary>Nanoseconds since the process began.</summary>
    public static double Nanoseconds => Environment.CpuUsage.TotalTime.TotalNanoseconds;
}

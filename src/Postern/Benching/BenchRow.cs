namespace Postern.Program.Benching;

/// <summary>One line of the table.</summary>
/// <param name="Name">What was judged.</param>
/// <param name="Way">out, in, url or tool.</param>
/// <param name="Nanoseconds">Processor time of one judgement, the best of several.</param>
/// <param name="Bytes">How long it was.</param>
internal sealed record BenchRow(string Name, string Way, double Nanoseconds, int Bytes)
{
    /// <summary>Megabytes a second of one core.</summary>
    public double Speed => Bytes * 1e3 / Nanoseconds;
}

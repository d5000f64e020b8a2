namespace Postern.Transports.Telemetry.Emit;

/// <summary>Somebody who is told of decisions.</summary>
internal interface IEmitSink : IDisposable
{
    /// <summary>Its name in metrics, in health and beside the evidence.</summary>
    string Name { get; }

    /// <summary>True when it is to be told of this one.</summary>
    bool Wants(EmitEvent told);

    /// <summary>Tells it. Returns when it has taken everything; of an attempt that failed it may have taken a part.</summary>
    /// <returns>How many of them it will never take.</returns>
    /// <exception cref="IOException">It was not reached, or not now: worth another try.</exception>
    /// <exception cref="EmitRefusedException">It does not take this: another try would end the same.</exception>
    ValueTask<int> TellAsync(IReadOnlyList<EmitEvent> events, CancellationToken cancel);
}

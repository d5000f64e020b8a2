namespace Postern.Engine.Tests.Monitoring;

/// <summary>A clock that a test moves.</summary>
internal sealed class ManualClock : TimeProvider
{
    private long _ms = 1_000_000;

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => _ms;

    public void Pass(double minutes) => _ms += (long)(minutes * 60_000);
}

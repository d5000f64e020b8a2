namespace Postern.Engine.Inspection;

/// <summary>The kill switch as the inspector sees it: read for every message and every piece of a stream.</summary>
public interface IHalt
{
    /// <summary>True while nothing may pass. Must not block.</summary>
    bool IsHalted { get; }
}

namespace Postern.Engine.Inspection;

/// <summary>The kill switch, and the operator's stop for single actors. The inspector reads it for every message and every piece of a stream.</summary>
public interface IHalt
{
    /// <summary>True while nothing of anybody may pass. Must not block.</summary>
    bool IsHalted { get; }

    /// <summary>True while nothing of <paramref name="actor"/> may pass, also when everything is halted. Must not block.</summary>
    bool Stops(string actor);

    /// <summary>Cancelled while <paramref name="actor"/> is stopped, and when it is stopped the next time; what waits or pumps ends by it. To be read anew for each conversation.</summary>
    CancellationToken Halted(string actor);

    /// <summary>Ends what runs of <paramref name="actor"/>; what begins later is not stopped by this. Must not block.</summary>
    void CutOff(string actor)
    {
    }
}

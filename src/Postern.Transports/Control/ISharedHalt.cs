namespace Postern.Transports.Control;

/// <summary>Keeps what the operator halts for all instances.</summary>
public interface ISharedHalt
{
    /// <summary>Halts one actor or everything in all instances, or lets go on.</summary>
    /// <param name="actor">Who; empty for everything.</param>
    /// <param name="isOn">Halt or go on.</param>
    /// <param name="by">Who says so.</param>
    /// <returns>False when it could not be kept. Does not throw.</returns>
    bool TrySet(string actor, bool isOn, string by);
}

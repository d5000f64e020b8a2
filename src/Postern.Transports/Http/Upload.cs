using Postern.Engine.Inspection;

namespace Postern.Transports.Http;

/// <summary>The rest of a request body that is too long to hold, on its way through the checkpoint.</summary>
/// <param name="Pump">Runs the body; every cleared piece goes to the given release.</param>
internal sealed record Upload(Func<Func<Cleared, CancellationToken, ValueTask>, CancellationToken, Task<Refused?>> Pump)
{
    /// <summary>Why the upload was cut; null while it runs and when it ended well.</summary>
    public Refused? Refused { get; set; }
}

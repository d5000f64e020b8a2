using Postern.Engine.Inspection;

namespace Postern.Transports.Http;

/// <summary>The way on of a cleared request, and what comes back from there.</summary>
internal interface IOnward
{
    /// <summary>Sends the request on and has its response dealt with, or its silence.</summary>
    /// <param name="cleared">The request.</param>
    /// <param name="upload">What follows of its body; null when the message holds all of it.</param>
    /// <param name="deadline">How long a response may take to begin.</param>
    /// <param name="answering">What is done with the response.</param>
    /// <param name="stay">How long the exchange may go on.</param>
    /// <returns>False when the upstream failed; a refusal is no failure of its.</returns>
    Task<bool> PassAsync(Cleared cleared, Upload? upload, HeadDeadline deadline, Answering answering, Stay stay);
}

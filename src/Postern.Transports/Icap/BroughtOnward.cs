using Postern.Engine.Inspection;
using Postern.Transports.Http;

namespace Postern.Transports.Icap;

/// <summary>The way on of a request that came along with its response: nothing is sent, the response is here.</summary>
internal sealed class BroughtOnward(HttpResponseMessage response, IClientRelease client) : IOnward
{
    /// <inheritdoc/>
    public async Task<bool> PassAsync(Cleared cleared, Upload? upload, HeadDeadline deadline, Answering answering, Stay stay)
    {
        deadline.Meet();
        cleared.Take().Dispose();
        await answering.RunAsync(response, client, stay.Token).ConfigureAwait(false);
        return true;
    }
}

using Postern.Engine.Inspection;
using Postern.Transports.Http;

namespace Postern.Transports.Icap;

/// <summary>The way on of a request that its own proxy carries: it is given back, and its response is waited for.</summary>
internal sealed class ReturnOnward(IcapRelease release, Action<Answering> keep) : IOnward
{
    /// <inheritdoc/>
    public async Task<bool> PassAsync(Cleared cleared, Upload? upload, HeadDeadline deadline, Answering answering, Stay stay)
    {
        deadline.Meet();
        keep(answering);
        try
        {
            await release.ForwardAsync(cleared, upload, stay.Token).ConfigureAwait(false);
        }
        catch (UploadRefusedException)
        {
            release.Abort();
        }

        return true;
    }
}

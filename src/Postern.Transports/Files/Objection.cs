using Postern.Engine.Flow;
using Postern.Engine.Inspection;

namespace Postern.Transports.Files;

/// <summary>A checkpoint without a release: somebody else has the text already, or carries it on.</summary>
internal static class Objection
{
    /// <summary>What is objected to; null for nothing. Disposes the message.</summary>
    public static async ValueTask<Refused?> ToAsync(Inspector inspector, Exchange exchange, Message message, CancellationToken cancel)
    {
        using (message)
        {
            var ruling = await inspector.InspectAsync(exchange, message, cancel).ConfigureAwait(false);
            if (ruling.TryClear(out var cleared, out var refused))
            {
                cleared.Take().Dispose();
            }

            return refused;
        }
    }
}

using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Postern.Transports.Control.Api;

/// <summary><c>events</c>: decisions as they are made, as server-sent events; <c>missed</c> when the reader did not keep up.</summary>
internal static class EventStream
{
    /// <summary>A comment is sent after this long without an event: whoever is gone is noticed, and the token looked at again.</summary>
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(15);

    private static readonly byte[] s_silence = ":\n\n"u8.ToArray();

    /// <summary>Runs until the watcher is gone or may not watch any more.</summary>
    /// <param name="parts">Where the events are.</param>
    /// <param name="features">Where they go.</param>
    /// <param name="mayWatch">Asked at every heartbeat.</param>
    /// <param name="gone">The watcher is gone.</param>
    /// <returns>False when too many watch: nothing was sent.</returns>
    public static async Task<bool> RunAsync(ControlParts parts, IFeatureCollection features, Func<bool> mayWatch, CancellationToken gone)
    {
        using var watch = parts.Feed.Watch();
        if (watch is null)
        {
            return false;
        }

        var response = features.GetRequiredFeature<IHttpResponseFeature>();
        response.Headers.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        var body = features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer;
        await body.WriteAsync(s_silence, gone).ConfigureAwait(false);
        while (mayWatch())
        {
            var beat = parts.Time.GetTimestamp();
            while (parts.Time.GetElapsedTime(beat) < s_heartbeat)
            {
                if (await watch.NextAsync(s_heartbeat, parts.Time, gone).ConfigureAwait(false) is not { } entry)
                {
                    break;
                }

                if (watch.TakeMissed() is > 0 and var missed)
                {
                    await body.WriteAsync(Encoding.ASCII.GetBytes($"event: missed\ndata: {missed.ToString(CultureInfo.InvariantCulture)}\n\n"), gone).ConfigureAwait(false);
                }

                await body.WriteAsync("event: decision\ndata: "u8.ToArray(), gone).ConfigureAwait(false);
                await body.WriteAsync(EntryJson.Of(entry), gone).ConfigureAwait(false);
                await body.WriteAsync("\n\n"u8.ToArray(), gone).ConfigureAwait(false);
            }

            await body.WriteAsync(s_silence, gone).ConfigureAwait(false);
        }

        return true;
    }
}

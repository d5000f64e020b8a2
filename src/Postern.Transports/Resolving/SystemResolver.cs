using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Postern.Engine.Detection.Destination;

namespace Postern.Transports.Resolving;

/// <summary>
/// The operating system's resolver with a short memory. A cached answer is the same array again, which tells the engine that
/// nothing has changed. Concurrent questions for one name share one lookup.
/// </summary>
public sealed class SystemResolver : IResolver
{
    /// <summary>How long an answer is remembered.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(10);

    /// <summary>How long a lookup may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private const int MaxNames = 4096;
    private readonly ConcurrentDictionary<string, Answer> _answers = new(StringComparer.Ordinal);
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _lookUp;
    private readonly TimeProvider _time;

    /// <summary>A resolver that asks the system.</summary>
    public SystemResolver(TimeProvider time)
        : this(time, System.Net.Dns.GetHostAddressesAsync)
    {
    }

    internal SystemResolver(TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>> lookUp)
    {
        _time = time;
        _lookUp = lookUp;
    }

    /// <inheritdoc/>
    public ValueTask<IPAddress[]> ResolveAsync(string host, CancellationToken cancel)
    {
        var now = _time.GetTimestamp();
        if (_answers.TryGetValue(host, out var known) && known.Until > now)
        {
            return known.Addresses.IsCompletedSuccessfully ? new(known.Addresses.Result) : new(known.Addresses.WaitAsync(cancel));
        }

        if (_answers.Count >= MaxNames)
        {
            _answers.Clear();
        }

        var answer = new Answer(AskAsync(host), now + (long)(Memory.TotalSeconds * _time.TimestampFrequency));
        _answers[host] = answer;
        return new(answer.Addresses.WaitAsync(cancel));
    }

    private async Task<IPAddress[]> AskAsync(string host)
    {
        try
        {
            using var timeout = new CancellationTokenSource(Timeout, _time);
            return await _lookUp(host, timeout.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ArgumentException)
        {
            // No address is an answer too: the destination is refused, and asked for again when the answer is forgotten.
            return [];
        }
    }

    private sealed record Answer(Task<IPAddress[]> Addresses, long Until);
}

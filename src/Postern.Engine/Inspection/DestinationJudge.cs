using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Policy;

namespace Postern.Engine.Inspection;

/// <summary>
/// The layer after DNS. Resolves the judged host, judges every address, and remembers the outcome while resolver and policy
/// say the same, so that a known destination costs a lookup.
/// </summary>
internal sealed class DestinationJudge(IResolver resolver)
{
    private const int MaxRemembered = 4096;
    private readonly ConcurrentDictionary<Authority, JudgedDestination> _plain = new();
    private readonly ConcurrentDictionary<Authority, JudgedDestination> _tls = new();

    /// <summary>The destination that may be dialled; null when an address objected, which stands in the findings.</summary>
    public async ValueTask<JudgedDestination?> JudgeAsync(PolicySnapshot policy, Scratch scratch, CancellationToken cancel)
    {
        var known = Known(scratch);
        IPAddress[] addresses;
        if (scratch.JudgedRef.NeedsAddresses)
        {
            var host = known?.Host ?? Encoding.ASCII.GetString(scratch.JudgedRef.Url.Authority.Host.Bytes);
            addresses = scratch.Addresses = await resolver.ResolveAsync(host, cancel).ConfigureAwait(false);
            if (IsOf(known, policy) && ReferenceEquals(known.Addresses, addresses))
            {
                return known;
            }

            UrlInspector.InspectAddresses(addresses, scratch.JudgedRef, policy.Policy.Destination, scratch.Hits);
        }
        else
        {
            if (IsOf(known, policy))
            {
                return known;
            }

            addresses = [IPAddress.Parse(Encoding.ASCII.GetString(scratch.JudgedRef.Url.Authority.Host.Bytes))];
        }

        var objected = scratch.Hits.Count > 0;
        Findings.Collect("url.host", scratch);
        if (addresses.Length == 0 || (objected && policy.Policy.Enforce))
        {
            return null;
        }

        var destination = Make(policy, scratch, addresses);
        return objected ? destination : Remember(scratch, destination);
    }

    /// <summary>What passed for one agent has not passed for another.</summary>
    private static bool IsOf([NotNullWhen(true)] JudgedDestination? known, PolicySnapshot policy) =>
        known is not null && known.Policy.Revision == policy.Revision && ReferenceEquals(known.Policy.Policy, policy.Policy);

    private JudgedDestination? Known(Scratch scratch)
    {
        TableFor(scratch).TryGetValue(scratch.JudgedRef.Url.Authority, out var known);
        return known;
    }

    private static JudgedDestination Make(PolicySnapshot policy, Scratch scratch, IPAddress[] addresses) => new(
        scratch.JudgedRef.Url.IsTls ? "https" : "http", scratch.JudgedRef.Url.Authority, scratch.Domain.ToArray(), addresses, policy);

    /// <summary>Only what nothing objected to: an observing policy must object, and record it, every time.</summary>
    private JudgedDestination Remember(Scratch scratch, JudgedDestination destination)
    {
        var table = TableFor(scratch);
        if (table.Count >= MaxRemembered)
        {
            table.Clear();
        }

        return table[destination.Authority] = destination;
    }

    private ConcurrentDictionary<Authority, JudgedDestination> TableFor(Scratch scratch) => scratch.JudgedRef.Url.IsTls ? _tls : _plain;
}

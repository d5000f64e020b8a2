using System.Net;
using System.Net.Sockets;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Policy;
using Postern.Transports.Http;

namespace Postern.Transports.Dns;

/// <summary>Takes each question to the checkpoint: the name is a message, and the addresses that it was cleared with are the answer.</summary>
/// <param name="inspector">The checkpoint.</param>
/// <param name="policies">The policy in force.</param>
/// <param name="refusal">What the policy's no is called: <see cref="DnsCode.Refused"/> or <see cref="DnsCode.NameError"/>.</param>
internal sealed class DnsCheckpoint(Inspector inspector, PolicyHolder policies, DnsCode refusal)
{
    /// <summary>Answers one query.</summary>
    public async Task ServeAsync(DnsQuery query, IPAddress? from, DnsRelease release, CancellationToken cancel)
    {
        if (query.Code != DnsCode.None)
        {
            // Bytes that ask for nothing leave no record: anybody can send any number of them.
            await release.RefuseAsync((int)query.Code, cancel).ConfigureAwait(false);
            return;
        }

        try
        {
            await JudgeAsync(query, from, release, cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (IOException or SocketException or OperationCanceledException))
        {
            // A bug of ours: nothing was released, and the next question is answered.
            await release.RefuseAsync((int)DnsCode.ServerFailure, cancel).ConfigureAwait(false);
        }
    }

    private async Task JudgeAsync(DnsQuery query, IPAddress? from, DnsRelease release, CancellationToken cancel)
    {
        using var message = Read(query);
        var ruling = await inspector.InspectAsync(policies.BeginExchange("dns", from), message, cancel).ConfigureAwait(false);
        if (ruling.TryClear(out var cleared, out var refused))
        {
            await release.AnswerAsync(cleared, cancel).ConfigureAwait(false);
            return;
        }

        await release.RefuseAsync((int)CodeOf(refused.Kind), cancel).ConfigureAwait(false);
    }

    private DnsCode CodeOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Upstream => DnsCode.NameError,
        RefusalKind.Unavailable or RefusalKind.Halted or RefusalKind.EvidenceLost or RefusalKind.Cancelled => DnsCode.ServerFailure,
        _ => refusal,
    };

    private static Message Read(DnsQuery query)
    {
        using var writer = new MessageWriter(512);
        writer.Add(PartKind.Url, query.Name);
        if (query.Joined.Length > 0)
        {
            writer.Add(PartKind.Text, query.Joined);
        }

        return writer.Seal(new MessageFacts(MessageKind.Lookup, Direction.Outbound));
    }
}

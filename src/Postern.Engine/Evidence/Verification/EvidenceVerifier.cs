using System.Globalization;
using Postern.Engine.Evidence.Signing;

namespace Postern.Engine.Evidence.Verification;

/// <summary>
/// Verifies evidence offline: every hash, link and sequence number, every checkpoint's root and signature, how files continue each
/// other and how chains follow each other. Streams through the files once, in memory that does not depend on their size.
/// </summary>
public static class EvidenceVerifier
{
    /// <summary>Verifies the files of one evidence directory, given in any order; stops at the first thing that is wrong.</summary>
    public static VerificationReport Verify(IEnumerable<EvidenceFile> files, VerificationDemand demand, IEd25519 algorithm)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(demand);
        var run = new VerificationRun(demand, algorithm);
        EvidenceFailure? failure = null;
        foreach (var chain in InOrder(files))
        {
            failure ??= run.Follow(chain);
        }

        var links = new ChainLinks(run.Ends, algorithm);
        failure ??= run.Files == 0 ? new EvidenceFailure("", 0, EvidenceFault.Missing, "there is no evidence") : null;
        failure ??= links.Check() ?? links.CheckTrust(demand.PinnedKey) ?? run.MissingForWitness();
        return new VerificationReport
        {
            Failure = failure,
            Files = run.Files,
            Chains = run.Ends.Count,
            Records = run.Records,
            Checkpoints = run.Ends.Sum(end => end.Checkpoints),
            Denials = run.Denials,
            Resumptions = run.Resumptions,
            Adopted = run.Adopted,
            Unsigned = run.Ends.Sum(UnsignedOf),
            Signed = run.Ends.Count > 0 && run.Ends.All(end => end.LastCheckpoint is not null),
            Latest = run.Ends.Select(static end => end.LastCheckpoint).OfType<Checkpoint>().MaxBy(static checkpoint => checkpoint.Time, StringComparer.Ordinal),
            UnclosedStreams = run.Streams.Unclosed,
            UnclosedExchanges = run.Streams.UnclosedExchanges,
            EndedSessions = run.Sessions.Ended,
            UnendedSessions = run.Sessions.Unended,
            UnendedActors = run.Sessions.UnendedActors,
            Keys = [.. run.Ends.Select(end => end.Key).Distinct()],
            CannotProve = [.. Limits(run, links, demand)],
        };
    }

    /// <summary>Groups files by chain and sorts each chain's files by their first record; a file with a name of its own is a chain of its own.</summary>
    internal static IEnumerable<IEnumerable<EvidenceFile>> InOrder(IEnumerable<EvidenceFile> files) => files
        .Select(file => (File: file, Named: EvidenceFileName.TryParse(file.Name, out var name), Name: name))
        .GroupBy(entry => entry.Named ? entry.Name.Chain.ToString("x8", CultureInfo.InvariantCulture) : entry.File.Name)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => group.OrderBy(entry => entry.Name.FirstSequence).Select(entry => entry.File));

    private static long UnsignedOf(ChainVerifier end) => end.State!.NextSequence - 1 - (end.LastCheckpoint?.Size ?? -1);

    private static IEnumerable<string> Limits(VerificationRun run, ChainLinks links, VerificationDemand demand)
    {
        yield return "That everything the agent did went through Postern: evidence holds only what did.";
        yield return "When things happened: times are the writer's own clock.";
        yield return "Anything against a holder of the signing key, who can write another history; only a checkpoint noted elsewhere shows that.";
        if (demand.PinnedKey.Length == 0)
        {
            yield return "That the key is Postern's: no key was pinned, the key named in the evidence was taken.";
        }

        if (demand.Witness is null)
        {
            yield return "That nothing was cut off at the end: a file cut back to a checkpoint looks whole without a checkpoint noted elsewhere.";
        }

        if (run.Adopted > 0)
        {
            yield return $"Who wrote {run.Adopted} records just before a restart: Postern had not signed them when it stopped, and signed them when it went on.";
        }

        foreach (var end in run.Ends.Where(end => UnsignedOf(end) > 0))
        {
            yield return $"Who wrote the last {UnsignedOf(end)} records of chain {end.Chain:x8}: they are chained, but no checkpoint after them is signed.";
        }

        foreach (var end in run.Ends.Where(end => !end.Closed))
        {
            yield return $"That chain {end.Chain:x8} is whole: it was not closed in good order, or is still being written.";
        }

        foreach (var end in run.Ends.Where(end => !end.FromTheBeginning))
        {
            yield return $"Anything about chain {end.Chain:x8} before its first file here: the root is signed, the records are not here.";
        }

        if (links.Unendorsed > 0)
        {
            yield return $"Who changed the key: {links.Unendorsed} chains were begun with a new key that the old one did not sign.";
        }

        if (links.Dangling > 0)
        {
            yield return $"Anything about {links.Dangling} earlier chains that are named but not here.";
        }

        if (run.Ends.Count(end => end.Previous is null && end.FromTheBeginning) > 1)
        {
            yield return "How the chains belong together: several of them follow no other.";
        }

        if (run.Sessions.Unended > 0)
        {
            yield return $"What {run.Sessions.Unended} sessions came to: they have no manifest, because Postern was killed or is still at work.";
        }

        if (run.Streams.NotFollowed > 0)
        {
            yield return $"Whether every stream was closed: more than {OpenStreams.MaxFollowed} were open at once.";
        }
    }
}

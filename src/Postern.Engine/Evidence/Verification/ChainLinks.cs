using System.Globalization;
using Postern.Engine.Evidence.Signing;

namespace Postern.Engine.Evidence.Verification;

/// <summary>How chains follow each other, and which of their keys can be trusted from a pinned one.</summary>
internal sealed class ChainLinks(IReadOnlyList<ChainVerifier> ends, IEd25519 algorithm)
{
    /// <summary>Chains that were begun with another key without the old key's signature.</summary>
    public int Unendorsed { get; private set; }

    /// <summary>Chains that name a chain which is not here.</summary>
    public int Dangling { get; private set; }

    /// <summary>Null when every chain that names another follows it.</summary>
    public EvidenceFailure? Check()
    {
        foreach (var chain in ends)
        {
            if (chain.Previous is { } link && CheckLink(chain, link) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    /// <summary>Null when every chain is signed with the pinned key or vouched for by a chain that is.</summary>
    public EvidenceFailure? CheckTrust(string pinnedKey)
    {
        if (pinnedKey.Length == 0)
        {
            return null;
        }

        // A chain without a checkpoint is signed by nobody, whatever key its header names.
        var trusted = ends.Where(end => end.Key == pinnedKey && end.LastCheckpoint is not null).ToHashSet();
        while (ends.Any(end => !trusted.Contains(end) && (IsEndorsed(end, trusted) || IsNamed(end, trusted)) && trusted.Add(end)))
        {
        }

        var stranger = ends.FirstOrDefault(end => !trusted.Contains(end));
        return stranger is null ? null : new EvidenceFailure(FileOf(stranger), 1, EvidenceFault.UntrustedKey, string.Create(
            CultureInfo.InvariantCulture,
            $"chain {stranger.Chain:x8} is not signed with the pinned key, and nothing signed with it vouches for the chain"));
    }

    private static string FileOf(ChainVerifier chain) => new EvidenceFileName(chain.Chain, 0).ToString();

    private static bool IsNamed(ChainVerifier chain, HashSet<ChainVerifier> trusted) =>
        trusted.Any(later => later.Previous?.Chain == chain.Chain);

    private static bool IsEndorsed(ChainVerifier chain, HashSet<ChainVerifier> trusted) =>
        chain.Endorsement.Length > 0 && chain.LastCheckpoint is not null
        && trusted.Any(earlier => earlier.Chain == chain.Previous?.Chain);

    private EvidenceFailure? CheckLink(ChainVerifier chain, ChainLink link)
    {
        if (chain.Endorsement.Length == 0)
        {
            Unendorsed += link.Key == chain.Key ? 0 : 1;
        }
        else if (!algorithm.Verify(
            Convert.FromHexString(link.Key), link.EndorsementText(chain.Origin, chain.Key), Convert.FromHexString(chain.Endorsement)))
        {
            return new EvidenceFailure(FileOf(chain), 1, EvidenceFault.BadSignature, "the old key's signature under the change of key does not fit");
        }

        var previous = ends.FirstOrDefault(end => end.Chain == link.Chain);
        if (previous?.State is not { } state)
        {
            Dangling++;
            return null;
        }

        return state.NextSequence == link.LastSequence + 1 && Convert.ToHexStringLower(state.Head) == link.Head && previous.Key == link.Key
            ? null
            : new EvidenceFailure(FileOf(chain), 1, EvidenceFault.BrokenKeyChange, string.Create(
                CultureInfo.InvariantCulture,
                $"chain {link.Chain:x8} ended with record {link.LastSequence} when this chain began; here it ends with record {state.NextSequence - 1} or another head"));
    }
}

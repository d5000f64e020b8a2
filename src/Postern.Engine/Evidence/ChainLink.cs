namespace Postern.Engine.Evidence;

/// <summary>Where one chain ended, as the chain that follows it names it.</summary>
/// <param name="Chain">The first 32 bits of the ended chain's id.</param>
/// <param name="LastSequence">The sequence number of its last record.</param>
/// <param name="Head">SHA-256 of its last record, lower-case hex.</param>
/// <param name="Key">The public key it was signed with, lower-case hex.</param>
public sealed record ChainLink(uint Chain, long LastSequence, string Head, string Key)
{
    private const string Domain = "postern.evidence/key-change/v1";

    /// <summary>
    /// What the old key signs to endorse the new one: both chains, both keys, and where the old chain ends. Begins with a line of its
    /// own, so that it can never be taken for a checkpoint.
    /// </summary>
    public byte[] EndorsementText(string newOrigin, string newKey) => System.Text.Encoding.UTF8.GetBytes(string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{Domain}\n{Chain:x8} {LastSequence} {Head}\n{Key}\n{newOrigin}\n{newKey}\n"));
}

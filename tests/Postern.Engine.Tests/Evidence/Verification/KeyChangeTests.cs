using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Evidence.Verification;

namespace Postern.Engine.Tests.Evidence.Verification;

/// <summary>A new key begins a new chain, which the old key may have endorsed.</summary>
public sealed class KeyChangeTests
{
    private const uint Chain = ChainScript.SoundChain;

    private readonly EvidenceSigner _signer = ChainScript.Signer("one");
    private readonly EvidenceSigner _other = ChainScript.Signer("two");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_key_change_that_the_old_key_endorsed_is_trusted_from_either_key(bool pinOld)
    {
        var files = KeyChange(endorsed: true);
        var report = ChainScript.Verify(files, new VerificationDemand(ChainScript.KeyOf(pinOld ? _signer : _other)));
        Assert.Null(report.Failure);
        Assert.Equal(2, report.Chains);
        Assert.Equal(2, report.Keys.Count);
    }

    [Fact]
    public void A_key_change_without_endorsement_is_trusted_only_backwards()
    {
        var files = KeyChange(endorsed: false);
        Assert.Contains(ChainScript.Verify(files).CannotProve, limit => limit.Contains("the old one did not sign", StringComparison.Ordinal));
        Assert.True(ChainScript.Verify(files, new VerificationDemand(ChainScript.KeyOf(_other))).Sound);
        Assert.Equal(EvidenceFault.UntrustedKey, ChainScript.Verify(files, new VerificationDemand(ChainScript.KeyOf(_signer))).Failure!.Fault);
    }

    [Fact]
    public void An_endorsement_for_another_key_is_found()
    {
        var old = new ChainScript(Chain, _signer).Checkpoint().Records(2).Checkpoint(closing: true);
        var forged = Endorse(old.Link(), ChainHeader.OriginOf(0x77777777, ChainScript.Time), ChainScript.KeyOf(ChainScript.Signer("three")));
        var next = new ChainScript(0x77777777, _other, old.Link(), forged).Checkpoint();
        Assert.Equal(EvidenceFault.BadSignature, ChainScript.Verify([.. old.Files(), .. next.Files()]).Failure!.Fault);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_old_chain_that_was_cut_after_the_key_change_is_found(int lines)
    {
        var files = KeyChange(endorsed: true);
        files[0].Lines.RemoveRange(files[0].Lines.Count - lines, lines);
        Assert.Equal(EvidenceFault.BrokenKeyChange, ChainScript.Verify(files).Failure!.Fault);
    }

    [Fact]
    public void An_old_chain_that_grew_after_the_key_change_is_found()
    {
        var old = new ChainScript(Chain, _signer).Checkpoint().Records(2).Checkpoint();
        var link = old.Link();
        old.Records(1).Checkpoint();
        var next = new ChainScript(0x77777777, _other, link).Checkpoint();
        Assert.Equal(EvidenceFault.BrokenKeyChange, ChainScript.Verify([.. old.Files(), .. next.Files()]).Failure!.Fault);
    }

    private List<MemoryFile> KeyChange(bool endorsed)
    {
        var old = new ChainScript(Chain, _signer).Checkpoint().Records(2).Checkpoint(closing: true);
        const uint Next = 0x00000001;
        var endorsement = endorsed ? Endorse(old.Link(), ChainHeader.OriginOf(Next, ChainScript.Time), ChainScript.KeyOf(_other)) : null;
        return [.. old.Files(), .. new ChainScript(Next, _other, old.Link(), endorsement).Checkpoint().Records(1).Checkpoint(closing: true).Files()];
    }

    private string Endorse(ChainLink link, string origin, string key)
    {
        var signature = new byte[64];
        _signer.Sign(link.EndorsementText(origin, key), signature);
        return Convert.ToHexStringLower(signature);
    }
}

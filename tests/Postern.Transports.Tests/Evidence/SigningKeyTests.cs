using Postern.Engine.Evidence.Signing;
using Postern.Transports.Evidence;

namespace Postern.Transports.Tests.Evidence;

public sealed class SigningKeyTests
{
    private static readonly ManagedEd25519 s_algorithm = new();

    [Fact]
    public void A_key_is_made_once_and_then_kept()
    {
        using var home = new TemporaryFolder();
        using var made = SigningKey.LoadOrCreate(home.Path, s_algorithm);
        using var loaded = SigningKey.LoadOrCreate(home.Path, s_algorithm);
        Assert.True(made.PublicKey.SequenceEqual(loaded.PublicKey));
        Assert.Equal(32, new FileInfo(SigningKey.PathIn(home.Path)).Length);
        Assert.Equal(2, Directory.GetFiles(System.IO.Path.Combine(home.Path, "keys")).Length);

        using var other = new TemporaryFolder();
        using var another = SigningKey.LoadOrCreate(other.Path, s_algorithm);
        Assert.False(made.PublicKey.SequenceEqual(another.PublicKey));
    }

    [Fact]
    public void The_public_key_stands_beside_it_in_hex_with_its_short_name()
    {
        using var home = new TemporaryFolder();
        using var signer = SigningKey.LoadOrCreate(home.Path, s_algorithm);
        Assert.Equal(
            $"{Convert.ToHexStringLower(signer.PublicKey)} {signer.KeyId}\n",
            File.ReadAllText(System.IO.Path.Combine(home.Path, "keys", "evidence.pub")));
        Assert.Matches("^[0-9a-f]{16}$", signer.KeyId);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Only_the_owner_can_read_it()
    {
        using var home = new TemporaryFolder();
        SigningKey.LoadOrCreate(home.Path, s_algorithm).Dispose();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SigningKey.PathIn(home.Path)));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(System.IO.Path.Combine(home.Path, "keys")));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.OtherExecute)]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_key_that_others_may_use_is_refused(UnixFileMode more)
    {
        using var home = new TemporaryFolder();
        SigningKey.LoadOrCreate(home.Path, s_algorithm).Dispose();
        File.SetUnixFileMode(SigningKey.PathIn(home.Path), UnixFileMode.UserRead | UnixFileMode.UserWrite | more);
        var refused = Assert.Throws<EvidenceUnsoundException>(() => SigningKey.LoadOrCreate(home.Path, s_algorithm));
        Assert.Contains("chmod 600", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_key_of_another_length_is_refused_and_not_replaced(int bytes)
    {
        using var home = new TemporaryFolder();
        SigningKey.LoadOrCreate(home.Path, s_algorithm).Dispose();
        File.WriteAllBytes(SigningKey.PathIn(home.Path), new byte[bytes]);
        Assert.Throws<EvidenceUnsoundException>(() => SigningKey.LoadOrCreate(home.Path, s_algorithm));
        Assert.Equal(bytes, new FileInfo(SigningKey.PathIn(home.Path)).Length);
    }

    [Fact]
    public void A_public_key_that_does_not_belong_to_it_is_refused_and_a_missing_one_is_written_again()
    {
        using var home = new TemporaryFolder();
        SigningKey.LoadOrCreate(home.Path, s_algorithm).Dispose();
        var beside = System.IO.Path.Combine(home.Path, "keys", "evidence.pub");
        var right = File.ReadAllText(beside);
        File.WriteAllText(beside, right.Replace(right[0], right[0] == '0' ? '1' : '0'));
        Assert.Throws<EvidenceUnsoundException>(() => SigningKey.LoadOrCreate(home.Path, s_algorithm));
        File.Delete(beside);
        SigningKey.LoadOrCreate(home.Path, s_algorithm).Dispose();
        Assert.Equal(right, File.ReadAllText(beside));
    }

    [Fact]
    public async Task Of_many_starts_at_once_one_makes_the_key()
    {
        using var home = new TemporaryFolder();
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Convert.ToHexStringLower(SigningKey.LoadOrCreate(home.Path, s_algorithm).PublicKey), TestContext.Current.CancellationToken)));
        Assert.Single(keys.Distinct());
    }
}

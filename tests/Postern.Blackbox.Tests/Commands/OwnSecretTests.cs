namespace Postern.Blackbox.Tests.Commands;

/// <summary>The program knows the secrets of its environment and of its secrets file, and says nothing of them.</summary>
public sealed class OwnSecretTests : IDisposable
{
    private const string Value = "Zq7XkP2mVt9RbW4hJc8NdL6sGf3YuE5o";

    private readonly PosternProcess _postern = new();

    [Fact]
    public async Task A_secret_of_the_environment_is_found_and_not_repeated()
    {
        _postern.Environment["ACME_TOKEN"] = Value;

        var outcome = await _postern.RunAsync("check", "--json", "--text", "see " + Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes(Value)));

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("secret.own.environment", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Value, outcome.Output + outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("ACME_TOKEN", outcome.Output + outcome.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secrets_file_is_read_beside_the_configuration_and_only_when_it_is_private()
    {
        var file = _postern.Write("secrets.txt", "# ours\n" + Value + "\n");
        _postern.Write("postern.yaml", "dlp: { secrets_file: secrets.txt, scan_env: false }\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Assert.Equal(2, (await _postern.RunAsync("check", "--text", "hello")).ExitCode);
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var outcome = await _postern.RunAsync("check", "--json", "--text", "see " + Value);

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("secret.own.file", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _postern.RunAsync("check", "--text", "hello")).ExitCode);
    }

    [Fact]
    public async Task A_canary_that_was_made_refuses_when_it_leaves()
    {
        var made = await _postern.RunAsync("canary", "--name", "old-notes");
        _postern.Write("postern.yaml", made.Output);
        var value = made.Output[(made.Output.LastIndexOf(' ') + 1)..].Trim();

        var outcome = await _postern.RunAsync("check", "--json", "--text", "the notes say " + value.ToUpperInvariant());

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("secret.canary.old-notes", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await _postern.RunAsync("canary", "--name", "Not A Name")).ExitCode);
    }

    /// <inheritdoc/>
    public void Dispose() => _postern.Dispose();
}

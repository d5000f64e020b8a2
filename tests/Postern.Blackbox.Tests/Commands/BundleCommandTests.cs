namespace Postern.Blackbox.Tests.Commands;

public sealed class BundleCommandTests : IDisposable
{
    private readonly PosternProcess _postern = new();

    [Fact]
    public async Task A_bundle_runs_once_it_is_pinned_and_nothing_starts_when_it_was_changed()
    {
        Directory.CreateDirectory(_postern.At("mine"));
        Directory.CreateDirectory(_postern.At("later"));
        _postern.Write("mine/acme.yaml", AcmeRules.Text);
        var key = (await _postern.RunAsync("keygen")).Output.Trim();
        Assert.Equal((0, "acme-rules@1.0\n"), (0, (await _postern.RunAsync("rules", "pack", "mine", "--as", "acme-rules@1.0")).Output.Replace(".bundle", "", StringComparison.Ordinal)));
        const string File = "acme-rules@1.0.bundle";

        _postern.Write("postern.yaml", "rules: { rules_dir: bundles }");
        Assert.Equal(3, (await _postern.RunAsync("rules", "install", File)).ExitCode);
        _postern.Write("postern.yaml", $"rules: {{ rules_dir: bundles, trusted_keys: [{key}] }}");
        Assert.Equal(0, (await _postern.RunAsync("rules", "install", File)).ExitCode);
        Assert.Equal(0, await ScanAsync());

        _postern.Write("postern.yaml", $"rules: {{ rules_dir: bundles, trusted_keys: [{key}], bundles: [acme-rules@1.0] }}");
        Assert.Equal(1, await ScanAsync());
        Assert.Contains("from:       acme-rules@1.0", (await _postern.RunAsync("rules", "show", "acme.deploy-token")).Output, StringComparison.Ordinal);
        Assert.Contains("acme-rules@1.0: 1 rules", (await _postern.RunAsync("rules", "verify")).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await _postern.RunAsync("rules", "remove", "acme-rules@1.0")).ExitCode);

        Assert.Equal(0, (await _postern.RunAsync("rules", "pack", "mine", "--as", "acme-rules@1.1", "-o", "later/acme-rules@1.1.bundle")).ExitCode);
        Assert.Equal("acme-rules@1.1\n", (await _postern.RunAsync("rules", "update", "later")).Output);
        Assert.Equal("", (await _postern.RunAsync("rules", "update", "later")).Output);
        Assert.Equal("", (await _postern.RunAsync("rules", "update", File)).Output);
        Assert.Contains("acme-rules@1.1: 1 rules", (await _postern.RunAsync("rules", "list", "--bundles")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _postern.RunAsync("rules", "remove", "acme-rules@1.1")).ExitCode);

        await System.IO.File.AppendAllTextAsync(_postern.At("bundles/" + File), "x", TestContext.Current.CancellationToken);
        Assert.Equal(2, await ScanAsync());
        Assert.Equal(3, (await _postern.RunAsync("rules", "verify")).ExitCode);
        System.IO.File.Delete(_postern.At("bundles/" + File));
        Assert.Equal(2, await ScanAsync());
    }

    public void Dispose() => _postern.Dispose();

    private async Task<int> ScanAsync() => (await _postern.RunWithAsync("acme" + "_Zk81mQx7Lw0PbN4vTr9c", "scan", "-")).ExitCode;
}

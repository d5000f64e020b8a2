using System.Diagnostics;
using Postern.Blackbox.Tests.Schemas;

namespace Postern.Blackbox.Tests.Releasing;

/// <summary>What <c>./release</c> puts beside the program, and what <c>verify-install</c> makes of it.</summary>
public sealed class ReleaseTests : IDisposable
{
    private readonly PosternProcess _postern = new();

    public static TheoryData<string, string> Changes => new()
    {
        { "echo more >> release/postern", "postern was changed" },
        { "rm release/NOTICE", "NOTICE is missing" },
        { "mkdir release/sub && touch release/sub/evil.so", "sub/evil.so is no part of the release" },
        { "mv release/NOTICE release/notice", "NOTICE is missing" },
        { "rm release/postern.release.json", "this is no release" },
        { "sed -i s/AAA/AAB/ release/postern.release.json && sed -i 's/\"sig\":\".../\"sig\":\"AAA/' release/postern.release.json", "not signed by that key" },
    };

    public void Dispose() => _postern.Dispose();

    [NeedsFact("linux")]
    public async Task A_sealed_folder_verifies_with_the_key_and_with_no_other()
    {
        var key = await SealAsync();
        var outcome = await _postern.RunAsync("verify-install", "release", "--key", key);
        Assert.Equal((0, "as released\n"), (outcome.ExitCode, outcome.Output));
        Assert.Equal(3, (await _postern.RunAsync("verify-install", "release", "--key", new string('1', 64))).ExitCode);
    }

    [NeedsTheory("linux")]
    [MemberData(nameof(Changes))]
    public async Task Whatever_is_changed_is_named(string change, string said)
    {
        var key = await SealAsync();
        await RunAsync("sh", "-c", change);
        var outcome = await _postern.RunAsync("verify-install", "release", "--key", key);
        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains(said, outcome.Errors, StringComparison.Ordinal);
    }

    [NeedsFact("linux python3")]
    public async Task The_list_of_parts_is_valid_and_names_every_package_with_hash_and_licence()
    {
        var document = await ToolAsync("sbom", Path.Join(PosternProcess.Root, "src/Postern/obj/project.assets.json"), "0.1.0");
        Assert.Equal("", await CycloneDxSchema.ValidateAsync(document));
        Assert.Contains("pkg:nuget/YamlDotNet@", document, StringComparison.Ordinal);
        Assert.Equal(document.Split("\"purl\"").Length, document.Split("\"SHA-512\"").Length);
    }

    /// <summary>The public key of the seal.</summary>
    private async Task<string> SealAsync()
    {
        var folder = Directory.CreateDirectory(_postern.At("release")).FullName;
        File.WriteAllText(Path.Join(folder, "postern"), "the program");
        File.WriteAllText(Path.Join(folder, "NOTICE"), "thanks");
        var key = (await _postern.RunAsync("keygen")).Output.Trim();
        await ToolAsync("seal", folder, Path.Join(_postern.Home, "keys", "evidence.key"), "git+https://example.com/postern.git", new string('a', 40), "linux-x64");
        return key;
    }

    private Task<string> ToolAsync(params string[] args) => RunAsync("dotnet", [Path.Join(PosternProcess.Root, "tools/Postern.Release/bin/Release/net10.0/Postern.Release.dll"), .. args]);

    private async Task<string> RunAsync(string program, params string[] args)
    {
        using var process = Process.Start(new ProcessStartInfo(program, args) { RedirectStandardOutput = true, WorkingDirectory = _postern.Directory })!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}

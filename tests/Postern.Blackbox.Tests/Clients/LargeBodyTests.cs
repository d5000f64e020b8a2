using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Postern.Blackbox.Tests.Clients;

/// <summary>Bodies that are longer than what is held: in constant memory, byte for byte.</summary>
public sealed class LargeBodyTests
{
    private const int Mebibyte = 1 << 20;

    // The same bytes in every run: what fails once fails always.
    private const int Seed = 20;

    [NeedsTheory("curl nginx")]
    [InlineData("PLAIN")]
    [InlineData("TLS")]
    public async Task A_download_of_300_MB_arrives_whole_and_costs_no_memory(string origin)
    {
        await using var stage = new Stage();
        var nginx = await stage.StartNginxAsync();
        _ = await WriteAsync(Path.Combine(nginx.Files, "warm.bin"), 40);
        var digest = await WriteAsync(Path.Combine(nginx.Files, "large.bin"), 300);

        var lines = (await stage.SucceedAsync($$"""
            curl -sS ${{origin}}/warm.bin >/dev/null
            awk '/^VmHWM/ { print $2 }' /proc/$PPID/status
            curl -sS ${{origin}}/large.bin | sha256sum | cut -d' ' -f1
            awk '/^VmHWM/ { print $2 }' /proc/$PPID/status
            """)).Split('\n');

        Assert.Equal(digest, lines[1]);
        Assert.InRange(Kilobytes(lines[2]) - Kilobytes(lines[0]), int.MinValue, 20 * 1024);
    }

    [NeedsTheory("curl")]
    [InlineData("PLAIN")]
    [InlineData("TLS")]
    public async Task An_upload_of_100_MB_arrives_whole(string origin)
    {
        await using var stage = new Stage();
        await stage.StartNodeAsync("site.mjs");
        var digest = await WriteAsync(stage.At("large.bin"), 100);

        var output = await stage.SucceedAsync($"curl -sS -T large.bin ${origin}/upload");

        var arrived = JsonDocument.Parse(output).RootElement;
        Assert.Equal(100L * Mebibyte, arrived.GetProperty("bytes").GetInt64());
        Assert.Equal(digest, arrived.GetProperty("sha256").GetString());
    }

    [NeedsFact("curl")]
    public async Task A_client_that_expects_100_continue_gets_it()
    {
        await using var stage = new Stage();
        await stage.StartNodeAsync("site.mjs");
        var digest = await WriteAsync(stage.At("large.bin"), 3);

        var output = await stage.SucceedAsync("""
            for origin in $PLAIN $TLS; do
              curl -sS -v --http1.1 --expect100-timeout 100 -H 'Expect: 100-continue' --data-binary @large.bin $origin/upload 2>log
              grep -c '^< HTTP/1.1 100' log
            done
            """);

        var lines = output.Split('\n');
        Assert.Equal(["1", "1"], [lines[1], lines[3]]);
        Assert.Equal(digest, JsonDocument.Parse(lines[0]).RootElement.GetProperty("sha256").GetString());
        Assert.Equal(digest, JsonDocument.Parse(lines[2]).RootElement.GetProperty("sha256").GetString());
    }

    [NeedsFact("curl nginx")]
    public async Task A_long_text_arrives_whole()
    {
        await using var stage = new Stage();
        var nginx = await stage.StartNginxAsync();
        var text = string.Concat(Enumerable.Range(0, 200_000).Select(static n => string.Create(CultureInfo.InvariantCulture, $"line {n} of a long text about nothing in particular\n")));
        await File.WriteAllTextAsync(Path.Combine(nginx.Files, "long.txt"), text, TestContext.Current.CancellationToken);

        await stage.SucceedAsync("for origin in $PLAIN $TLS; do curl -sS $origin/long.txt | cmp - nginx/files/long.txt; done");
    }

    private static long Kilobytes(string line) => long.Parse(line, CultureInfo.InvariantCulture);

    /// <summary>Writes noise and returns their digest.</summary>
    private static async Task<string> WriteAsync(string file, int mebibytes)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var stream = File.Create(file);
        var noise = new Random(Seed);
        var block = new byte[Mebibyte];
        for (var i = 0; i < mebibytes; i++)
        {
            noise.NextBytes(block);
            digest.AppendData(block);
            await stream.WriteAsync(block, TestContext.Current.CancellationToken);
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }
}

using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Postern.Blackbox.Tests.Commands;

public sealed class EvidenceTests : IDisposable
{
    private readonly PosternProcess _postern = new();

    private string Place => Path.Combine(_postern.Home, "evidence");

    private string PublicKey => Path.Combine(_postern.Home, "keys", "evidence.pub");

    [NeedsFact("curl linux")]
    public async Task A_refusal_can_be_verified_shown_and_explained()
    {
        var id = await RefuseAsync();
        var verified = await _postern.RunAsync("evidence", "verify", "--key", PublicKey, "--json");
        Assert.Equal((0, "sound"), (verified.ExitCode, verified.Json.GetProperty("status").GetString()));
        Assert.True(verified.Json.GetProperty("denials").GetInt64() >= 1);
        Assert.NotEmpty(verified.Json.GetProperty("cannot_prove").EnumerateArray());
        Assert.Contains("What this cannot prove", (await _postern.RunAsync("evidence", "verify", Place)).Output, StringComparison.Ordinal);

        Assert.Contains(id, (await _postern.RunAsync("evidence", "show")).Output, StringComparison.Ordinal);
        var explained = await _postern.RunAsync("explain", id);
        Assert.Equal(0, explained.ExitCode);
        Assert.Contains("destination.metadata-address: Cloud metadata service", explained.Output, StringComparison.Ordinal);
        Assert.Equal("deny", (await _postern.RunAsync("explain", id, "--json")).Json.GetProperty("effect").GetString());
    }

    [NeedsFact("curl linux")]
    public async Task Records_are_shown_one_per_line_and_only_as_many_as_asked()
    {
        await RefuseAsync();
        var all = await LinesAsync("--last", "0");
        Assert.All(all, static line => Assert.True(JsonDocument.Parse(line).RootElement.TryGetProperty("seq", out _)));
        Assert.Equal(all[^2..], await LinesAsync("--last", "2"));
    }

    [NeedsFact("curl linux")]
    public async Task One_record_proves_itself_to_whoever_has_the_key()
    {
        var id = await RefuseAsync();
        var proof = Path.Combine(_postern.Home, "one.proof");
        await File.WriteAllTextAsync(proof, (await _postern.RunAsync("evidence", "prove", id)).Output);

        var verified = await _postern.RunAsync("evidence", "verify", "--proof", proof, "--key", PublicKey);
        Assert.Equal(0, verified.ExitCode);
        Assert.Equal("deny", verified.Json.GetProperty("effect").GetString());

        await File.WriteAllTextAsync(proof, (await File.ReadAllTextAsync(proof)).Replace("index ", "index 1", StringComparison.Ordinal));
        Assert.Equal(3, (await _postern.RunAsync("evidence", "verify", "--proof", proof, "--key", PublicKey)).ExitCode);
        Assert.Equal(2, (await _postern.RunAsync("evidence", "verify", "--proof", proof)).ExitCode);
        Assert.Equal(1, (await _postern.RunAsync("evidence", "prove", "ev-00000000-1")).ExitCode);
    }

    [NeedsFact("curl linux")]
    public async Task A_checkpoint_kept_elsewhere_shows_that_the_end_was_cut_off()
    {
        await RefuseAsync();
        var note = Path.Combine(_postern.Home, "witness.note");
        await File.WriteAllTextAsync(note, (await _postern.RunAsync("evidence", "checkpoint")).Output);
        Assert.Equal(0, (await _postern.RunAsync("evidence", "verify", "--witness", note, "--key", PublicKey)).ExitCode);

        var file = Directory.EnumerateFiles(Place, "*.jsonl").Single();
        var lines = File.ReadAllLines(file).ToList();
        var cut = lines.FindIndex(static line => line.Contains("\"kind\":\"checkpoint\"", StringComparison.Ordinal)) + 1;
        File.WriteAllText(file, string.Join('\n', lines[..cut]) + "\n");

        Assert.Equal(0, (await _postern.RunAsync("evidence", "verify", "--key", PublicKey)).ExitCode);
        Assert.Equal(3, (await _postern.RunAsync("evidence", "verify", "--witness", note, "--key", PublicKey)).ExitCode);
    }

    [NeedsFact("curl linux openssl")]
    public async Task A_summary_is_counted_and_signed()
    {
        await RefuseAsync();
        var stats = (await _postern.RunAsync("evidence", "stats", "--json")).Json;
        Assert.True(stats.GetProperty("effect").GetProperty("deny").GetInt64() >= 1);
        Assert.True(stats.GetProperty("rules").GetProperty("destination.metadata-address").GetInt64() >= 1);
        Assert.Contains("deny", (await _postern.RunAsync("evidence", "stats")).Output, StringComparison.Ordinal);

        var envelope = (await _postern.RunAsync("evidence", "manifest")).Json;
        var payload = envelope.GetProperty("payload").GetBytesFromBase64();
        var statement = JsonDocument.Parse(payload).RootElement;
        Assert.Equal("https://in-toto.io/Statement/v1", statement.GetProperty("_type").GetString());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Directory.EnumerateFiles(Place, "*.jsonl").Single()))),
            statement.GetProperty("subject")[0].GetProperty("digest").GetProperty("sha256").GetString());
        Assert.Equal(stats.GetProperty("records").GetInt64(), statement.GetProperty("predicate").GetProperty("records").GetInt64());
        await VerifyWithOpenSslAsync([.. Encoding.ASCII.GetBytes($"DSSEv1 28 application/vnd.in-toto+json {payload.Length} "), .. payload], envelope.GetProperty("signatures")[0].GetProperty("sig").GetBytesFromBase64());
    }

    [NeedsFact("curl linux openssl")]
    public async Task Action_receipts_are_a_signed_chain_of_their_own()
    {
        await RefuseAsync();
        await RefuseAsync();
        var previous = "genesis";
        var lines = (await _postern.RunAsync("evidence", "export", "--format", "action-receipt")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length >= 2);
        for (var index = 0; index < lines.Length; index++)
        {
            var receipt = JsonDocument.Parse(lines[index]).RootElement;
            var action = receipt.GetProperty("action_record");
            Assert.Equal((index, previous), (action.GetProperty("chain_seq").GetInt32(), action.GetProperty("chain_prev_hash").GetString()));
            Assert.All((string[])["action_id", "action_type", "timestamp", "target", "verdict", "transport"], name => Assert.NotEqual("", action.GetProperty(name).GetString()));
            Assert.StartsWith("ed25519:", receipt.GetProperty("signature").GetString(), StringComparison.Ordinal);
            var digest = SHA256.HashData(Encoding.UTF8.GetBytes(action.GetRawText()));
            await VerifyWithOpenSslAsync(digest, Convert.FromHexString(receipt.GetProperty("signature").GetString()!["ed25519:".Length..]));
            previous = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines[index])));
        }
    }

    [NeedsFact("curl linux")]
    public async Task A_refusal_is_a_detection_finding_of_ocsf()
    {
        var id = await RefuseAsync();
        var lines = (await _postern.RunAsync("evidence", "export", "--format", "ocsf")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var refusal = lines.Select(static line => JsonDocument.Parse(line).RootElement).Single(line => line.GetProperty("metadata").GetProperty("uid").GetString() == id);
        Assert.Equal((2004, 200401, 2), (refusal.GetProperty("class_uid").GetInt32(), refusal.GetProperty("type_uid").GetInt32(), refusal.GetProperty("disposition_id").GetInt32()));
        Assert.Equal("destination.metadata-address", refusal.GetProperty("finding_info").GetProperty("uid").GetString());
        Assert.Equal(2, (await _postern.RunAsync("evidence", "export", "--format", "pdf")).ExitCode);
    }

    [NeedsTheory("curl linux")]
    [InlineData("altered")]
    [InlineData("removed")]
    [InlineData("cut")]
    public async Task Tampering_is_exit_code_3(string how)
    {
        await RefuseAsync();
        var file = Directory.EnumerateFiles(Place, "*.jsonl").Single();
        var lines = File.ReadAllLines(file).ToList();
        var at = lines.FindIndex(static line => line.Contains("\"effect\":\"deny\"", StringComparison.Ordinal));
        switch (how)
        {
            case "altered":
                lines[at] = lines[at].Replace("deny", "allow", StringComparison.Ordinal);
                File.WriteAllText(file, string.Join('\n', lines) + "\n");
                break;
            case "removed":
                lines.RemoveAt(at);
                File.WriteAllText(file, string.Join('\n', lines) + "\n");
                break;
            default:
                File.WriteAllText(file, string.Join('\n', lines)[..^5]);
                break;
        }

        var outcome = await _postern.RunAsync("evidence", "verify", Place, "--json");
        Assert.Equal((3, "tampered"), (outcome.ExitCode, outcome.Json.GetProperty("status").GetString()));
        Assert.True(outcome.Json.GetProperty("failure").GetProperty("line").GetInt64() > 0);
        Assert.Equal(3, (await _postern.RunAsync("evidence", "verify", file)).ExitCode);
    }

    [NeedsFact("linux")]
    public async Task Another_key_is_exit_code_3()
    {
        await _postern.RunAsync("run", "--", "true");
        var outcome = await _postern.RunAsync("evidence", "verify", Place, "--key", new string('a', 64));
        Assert.Equal(3, outcome.ExitCode);
    }

    [Fact]
    public async Task Nothing_to_verify_is_exit_code_1()
    {
        Directory.CreateDirectory(Place);
        Assert.Equal(1, (await _postern.RunAsync("evidence", "verify")).ExitCode);
        Assert.Equal(1, (await _postern.RunAsync("explain", "ev-00000000-1")).ExitCode);
    }

    public void Dispose() => _postern.Dispose();

    /// <summary>Has the firewall refuse one request, and returns the evidence id that the refusal names.</summary>
    private async Task<string> RefuseAsync()
    {
        var refusal = await _postern.RunAsync("run", "--", "curl", "-s", "http://169.254.169.254/latest/meta-data/");
        return refusal.Json.GetProperty("evidence").GetString()!;
    }

    /// <summary>Ed25519 by somebody else's code; a public key of 32 bytes becomes SPKI by its fixed beginning (RFC 8410).</summary>
    private async Task VerifyWithOpenSslAsync(byte[] text, byte[] signature)
    {
        var (key, message, signed) = (Path.Combine(_postern.Home, "key.der"), Path.Combine(_postern.Home, "message"), Path.Combine(_postern.Home, "signature"));
        var raw = Convert.FromHexString((await File.ReadAllTextAsync(PublicKey))[..64]);
        await File.WriteAllBytesAsync(key, [.. Convert.FromHexString("302a300506032b6570032100"), .. raw]);
        await File.WriteAllBytesAsync(message, text);
        await File.WriteAllBytesAsync(signed, signature);
        using var openssl = Process.Start("openssl", ["pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", key, "-rawin", "-in", message, "-sigfile", signed]);
        await openssl.WaitForExitAsync();
        Assert.Equal(0, openssl.ExitCode);
    }

    private async Task<string[]> LinesAsync(params string[] options) =>
        (await _postern.RunAsync(["evidence", "show", "--json", .. options])).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

using System.Text;

namespace Postern.Blackbox.Tests.Commands;

/// <summary>What was captured is sealed, holds no secret, and is judged anew under another configuration.</summary>
public sealed class CaptureTests : IDisposable
{
    // The shape of a key, put together here so that nobody finds it in the file.
    private static readonly string s_secret = "AIza" + "SduZvtM692uIeb71_-6oh9_zYIbBvOgT0pW";

    private readonly PosternProcess _postern = new();

    public void Dispose() => _postern.Dispose();

    [NeedsFact("linux curl")]
    public async Task Messages_are_judged_anew_from_what_was_captured_of_them()
    {
        await CaptureAsync("raw: false");

        var same = await ReplayAsync("same.yaml", "ssrf: { ip_allowlist: [127.0.0.0/8] }");
        Assert.Equal((0, 0), (same.ExitCode, same.Json.GetProperty("changes").GetArrayLength()));
        Assert.Equal((3, 3, 1), (Count(same, "rulings"), Count(same, "messages_judged_anew"), Count(same, "files")));
        Assert.All(["messages_missed", "messages_cut", "messages_withheld", "files_cut_off", "files_gone"], name => Assert.Equal(0, Count(same, name)));

        var weak = await ReplayAsync("weak.yaml", "ssrf: { ip_allowlist: [127.0.0.0/8] }\nrequest_body_scanning: { action: warn }");
        Assert.Equal((1, "secret.google.api-key block allow 1"), (weak.ExitCode, ChangeOf(weak)));

        // A rule that did not exist then finds what stands in the message.
        var strong = await ReplayAsync("strong.yaml", "ssrf: { ip_allowlist: [127.0.0.0/8] }\ndlp: { patterns: [{ name: project, regex: 'project-[a-z]{6}', severity: critical }] }");
        Assert.Equal(0, strong.ExitCode);
        Assert.EndsWith("allow block 1", ChangeOf(strong), StringComparison.Ordinal);
        Assert.Contains("project", ChangeOf(strong), StringComparison.Ordinal);

        var closed = await ReplayAsync("closed.yaml", "mode: balanced");
        Assert.Equal("destination.internal-address allow block 2", ChangeOf(closed));

        // Messages add up as they did, by the clock of their time.
        var rated = await ReplayAsync("rated.yaml", "ssrf: { ip_allowlist: [127.0.0.0/8] }\nfetch_proxy: { monitoring: { max_requests_per_minute: 1 } }");
        Assert.Equal("destination.rate allow block 1", ChangeOf(rated));
    }

    [NeedsFact("linux curl")]
    public async Task No_file_holds_a_secret_or_a_word_of_a_message_and_only_its_own_key_opens_it()
    {
        await CaptureAsync("raw: true");
        foreach (var file in Directory.EnumerateFiles(_postern.Home, "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file).AsSpan();
            Assert.True(bytes.IndexOf(Encoding.ASCII.GetBytes(s_secret)) < 0 && bytes.IndexOf("project-falcon"u8) < 0, file);
        }

        await _postern.RunAsync("keygen", "--escrow", _postern.At("other.pem"));
        var other = await ReplayAsync("same.yaml", "mode: balanced", "other.pem");
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("sealed to another key", other.Errors, StringComparison.Ordinal);
        Assert.Equal(2, (await ReplayAsync("same.yaml", "mode: balanced", "escrow.pem.pub")).ExitCode);

        var sealedFile = Assert.Single(Directory.GetFiles(Path.Combine(_postern.Home, "captures")));
        var changed = File.ReadAllBytes(sealedFile);
        changed[^100] ^= 1;
        File.WriteAllBytes(sealedFile, changed);
        var broken = await ReplayAsync("same.yaml", "mode: balanced");
        Assert.Equal((3, 1), (broken.ExitCode, Count(broken, "files_changed")));
        Assert.Contains("was changed", broken.Errors, StringComparison.Ordinal);
    }

    [NeedsFact("linux")]
    public async Task A_private_key_stops_the_start_and_a_pair_is_never_made_over_another()
    {
        Assert.Equal(0, (await _postern.RunAsync("keygen", "--escrow", _postern.At("escrow.pem"))).ExitCode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(_postern.At("escrow.pem")));
        Assert.Equal(2, (await _postern.RunAsync("keygen", "--escrow", _postern.At("escrow.pem"))).ExitCode);

        _postern.Write("postern.yaml", "capture: { escrow_public_key: escrow.pem }");
        var outcome = await _postern.RunAsync("run", "--config", _postern.At("postern.yaml"), "--uncontained", "--", "true");
        Assert.Contains("it holds a private key", outcome.Errors, StringComparison.Ordinal);
        Assert.NotEqual(0, outcome.ExitCode);
    }

    /// <summary>Three requests to a port where nobody listens: one that may pass, one with a secret, one that may pass.</summary>
    private async Task CaptureAsync(string raw)
    {
        Assert.Equal(0, (await _postern.RunAsync("keygen", "--escrow", _postern.At("escrow.pem"))).ExitCode);
        _postern.Write("postern.yaml", $"ssrf: {{ ip_allowlist: [127.0.0.0/8] }}\ncapture: {{ escrow_public_key: escrow.pem.pub, {raw} }}\n");
        const string Send = "curl -s -o /dev/null --noproxy '' -H 'content-type: application/json' http://127.0.0.1:9/ -d";
        var script = $"{Send} '{{\"a\":\"project-falcon\"}}'; {Send} '{{\"a\":\"{s_secret}\"}}'; {Send} '{{}}'; true";
        var outcome = await _postern.RunAsync("run", "--config", _postern.At("postern.yaml"), "--uncontained", "--", "sh", "-c", script);
        Assert.Equal((0, outcome.Errors), (outcome.ExitCode, outcome.Errors));
    }

    private Task<Outcome> ReplayAsync(string name, string yaml, string key = "escrow.pem") => _postern.RunAsync(
        "policy", "replay", "--captures", Path.Combine(_postern.Home, "captures"), "--escrow-key", _postern.At(key), "--config", _postern.Write(name, yaml), "--json");

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    private static int Count(Outcome outcome, string name) => outcome.Json.GetProperty(name).GetInt32();

    private static string ChangeOf(Outcome outcome)
    {
        var change = Assert.Single(outcome.Json.GetProperty("changes").EnumerateArray());
        return string.Join(' ', change.GetProperty("rule").GetString(), change.GetProperty("before").GetString(), change.GetProperty("after").GetString(), change.GetProperty("count").GetInt32());
    }
}

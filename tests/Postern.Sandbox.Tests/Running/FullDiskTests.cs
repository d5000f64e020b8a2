using Postern.Blackbox.Tests;

namespace Postern.Sandbox.Tests.Running;

/// <summary>A disk that fills up while commands are run: what cannot be recorded does not start, and the person hears why.</summary>
public sealed class FullDiskTests
{
    /// <summary>The evidence on a disk of two pages, and the same command until nothing more goes.</summary>
    private const string Script =
        """
        mkdir -p "$POSTERN_HOME/evidence" && mount -t tmpfs -o size=8k tmpfs "$POSTERN_HOME/evidence" || exit 99
        for i in 1 2 3 4 5 6 7 8; do "$@"; code=$?; done
        grep -oh 'command contained by' "$POSTERN_HOME"/evidence/*.jsonl
        exit $code
        """;

    [NeedsFact("linux root unshare mount")]
    public async Task A_command_whose_containment_cannot_be_recorded_is_not_started()
    {
        using var postern = new PosternProcess { Before = ["unshare", "--mount", "sh", "-c", Script, "sh"], Patience = TimeSpan.FromMinutes(2) };

        var outcome = await postern.RunAsync("run", "--", "echo", "ran");

        var lines = outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(lines.Count(static line => line == "ran"), 1, lines.Count(static line => line == "command contained by"));
        Assert.Equal(125, outcome.ExitCode);
        Assert.Contains("evidence can no longer be kept", outcome.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Errors, StringComparison.Ordinal);
    }
}

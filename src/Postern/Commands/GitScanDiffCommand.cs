using System.CommandLine;
using Postern.Program.Scanning.Diffs;
using Postern.Program.Scanning.Files;

namespace Postern.Program.Commands;

/// <summary><c>postern git scan-diff</c>: what a change adds.</summary>
internal static class GitScanDiffCommand
{
    // One line around each change, so that a comment above it is seen; nothing that a repository's own settings could put in between.
    private static readonly string[] s_form =
        ["--no-color", "--no-ext-diff", "--no-textconv", "--unified=1", "--src-prefix=a/", "--dst-prefix=b/", "--diff-filter=d", "--submodule=short", "--ignore-submodules=none"];

    public static Command Create()
    {
        var staged = new Option<bool>("--staged") { Description = "what the next commit would add" };
        var range = new Option<string?>("--range") { Description = "what each commit of the range adds, as git log reads it", HelpName = "A..B" };
        var kind = ScanCommand.Kind();
        var options = new ScanOptions();
        var command = new ExampledCommand(
            "scan-diff",
            "Looks for secrets in the lines that a change adds: the staged one, those of a range of commits, or a unified diff on standard input. "
            + "Exit code 1 when something would be refused, 2 when the diff cannot be read.")
        {
            Examples = ["postern git scan-diff --staged", "postern git scan-diff --range origin/main..HEAD --sarif", "git diff | postern git scan-diff"],
        };
        command.Options.Add(staged);
        command.Options.Add(range);
        command.Options.Add(kind);
        options.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var reader = new DiffReader(DiffOf(parsed.GetValue(staged), parsed.GetValue(range)));
            var runs = reader.Read();
            var scan = new FileScan(options.FilePolicyOf(parsed), ScanOptions.FileKinds(ScanCommand.KindsOf(parsed.GetValue(kind) ?? [])));
            var report = await scan.RunAsync(runs, cancel).ConfigureAwait(false);
            for (var i = 0; i < reader.Binaries; i++)
            {
                report.CountBinary();
            }

            return options.Conclude(parsed, report);
        });
        return command;
    }

    private static byte[] DiffOf(bool staged, string? range) => (staged, range) switch
    {
        (true, not null) => throw new ConfigException("--staged or --range, not both"),
        (true, _) => Git.Run(Environment.CurrentDirectory, ["diff", "--cached", .. s_form, "--"]),
        (_, ['-', ..] or "") => throw new ConfigException("--range takes commits as git log reads them, such as origin/main..HEAD"),

        // Commit by commit: what one adds and the next removes is pushed all the same. A merge is compared with its first parent.
        (_, not null) => Git.Run(Environment.CurrentDirectory, ["log", "--format=", "--patch", "--diff-merges=first-parent", .. s_form, range, "--"]),
        _ => ScanCommand.ReadInput(),
    };
}

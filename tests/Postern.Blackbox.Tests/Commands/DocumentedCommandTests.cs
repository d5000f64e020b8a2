using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Postern.Blackbox.Tests.Commands;

/// <summary>Every command that a page shows is one of the program's, with options that it has.</summary>
public sealed partial class DocumentedCommandTests : IDisposable
{
    private readonly PosternProcess _postern = new();
    private readonly ConcurrentDictionary<string, string> _help = new(StringComparer.Ordinal);

    [Fact]
    public async Task Every_command_on_a_page_exists()
    {
        var faults = new List<string>();
        var seen = 0;
        foreach (var page in Directory.EnumerateFiles(Path.Combine(PosternProcess.Root, "docs"), "*.md").Append(Path.Combine(PosternProcess.Root, "README.md")))
        {
            foreach (var command in Commands(await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken)).Distinct())
            {
                seen++;
                if (await FaultOfAsync(command) is { } fault)
                {
                    faults.Add($"{Path.GetFileName(page)}: postern {command}: {fault}");
                }
            }
        }

        Assert.True(seen > 150, $"only {seen} commands were found");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Theory]
    [InlineData("evidence verifi", "verifi")]
    [InlineData("runn", "runn")]
    [InlineData("config check FILE --jsno", "--jsno")]
    public async Task Catches_what_is_none(string command, string word) => Assert.Contains(word, await FaultOfAsync(command), StringComparison.Ordinal);

    [Theory]
    [InlineData("run --config F -- curl --silent")]
    [InlineData("config generate --preset P")]
    [InlineData("kill on")]
    public async Task What_is_one_passes(string command) => Assert.Null(await FaultOfAsync(command));

    public void Dispose() => _postern.Dispose();

    private static IEnumerable<string> Commands(string markdown) => Shown().Matches(markdown).Select(static match => match.Groups["line"].Value.Trim());

    private async Task<string?> FaultOfAsync(string command)
    {
        var (path, words) = ("", Operators().Split(command)[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        foreach (var word in words.TakeWhile(static word => word is not "--"))
        {
            var help = await HelpAsync(path);
            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                if (!help.Contains(word.Split('=')[0].TrimEnd(',', ']'), StringComparison.Ordinal))
                {
                    return $"no option {word}";
                }
            }
            else if (Subcommands(path, help) is { Count: > 0 } known && Name().IsMatch(word))
            {
                if (!known.Contains(word))
                {
                    return $"no command {word}";
                }

                path = $"{path} {word}".Trim();
            }
        }

        return null;
    }

    private async Task<string> HelpAsync(string path)
    {
        if (!_help.TryGetValue(path, out var help))
        {
            _help[path] = help = (await _postern.RunAsync([.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"])).All;
        }

        return help;
    }

    /// <summary>What stands below "Commands:"; on the page of all commands, everything.</summary>
    private static HashSet<string> Subcommands(string path, string help)
    {
        var listed = path.Length == 0 ? help : help.Split("\nCommands:\n") is [_, var rest] ? rest.Split("\n\n")[0] : "";
        return [.. Listed().Matches(listed).Select(static match => match.Groups[1].Value)];
    }

    [GeneratedRegex("^  ([a-z][a-z-]*) ", RegexOptions.Multiline)]
    private static partial Regex Listed();

    [GeneratedRegex(@"(?:`|^(?:\$ )?)(?:[A-Z]+/)?postern (?<line>[a-z][^`\n]*)", RegexOptions.Multiline)]
    private static partial Regex Shown();

    [GeneratedRegex(@" +(?:\||>|>>|<|&&|;|#) *| *(?:\|\||;) *| / ")]
    private static partial Regex Operators();

    [GeneratedRegex("^[a-z][a-z-]*$")]
    private static partial Regex Name();
}

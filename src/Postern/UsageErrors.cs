using System.CommandLine;

namespace Postern.Program;

/// <summary>What is wrong with a command line, in words. Never repeats a value: it may be the text that was to be checked.</summary>
internal static class UsageErrors
{
    public static IEnumerable<string> Of(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens.Count == 0)
        {
            return parsed.Errors.Select(static error => error.Message);
        }

        var command = parsed.CommandResult.Command;
        var first = parsed.UnmatchedTokens[0];
        return
        [
            command.Subcommands.Count > 0 ? Unknown("command", first, command.Subcommands.Select(static sub => sub.Name))
            : first.StartsWith("--", StringComparison.Ordinal) ? Unknown("option", first.Split('=')[0], OptionNames(command))
            : "there is an argument too many; put quotes around a text with spaces",
        ];
    }

    private static string Unknown(string what, string typed, IEnumerable<string> known)
    {
        var nearest = Spelling.Nearest(typed, known);
        return $"there is no {what} '{Terminal.Plain(typed)}'" + (nearest is null ? "" : $"; did you mean '{nearest}'?");
    }

    private static IEnumerable<string> OptionNames(Command command) => command.Options.Select(static option => option.Name);
}

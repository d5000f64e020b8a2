using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Postern.Program;

/// <summary><c>--help</c>: the options, then an example of use.</summary>
internal sealed class CommandHelp : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        var output = Console.Out;
        var path = PathOf(command);
        output.WriteLine(command.Description);
        output.WriteLine();
        output.WriteLine("Usage: postern " + path + UsageOf(command));
        Section(output, "Commands", command.Subcommands.Select(static sub => (sub.Name, sub.Description)));
        Section(output, "Arguments", command.Arguments.Select(static argument => (argument.HelpName ?? argument.Name, argument.Description)));
        Section(output, "Options", OptionsOf(command).Select(static option => (Label(option), option.Description)));
        Section(output, "Examples", ExamplesOf(command));
        return ExitCodes.Ok;
    }

    /// <summary>The words that lead to a command, without the program's name.</summary>
    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? PathOf(parent) + " " + command.Name : command.Name;

    private static IEnumerable<(string, string?)> ExamplesOf(Command command) =>
        command is ExampledCommand exampled ? exampled.Examples.Select(static example => (example, (string?)null)) : [];

    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(static parent => parent.Options.Where(static option => option.Recursive)));

    private static string UsageOf(Command command)
    {
        var arguments = string.Concat(command.Arguments.Select(static argument =>
        {
            var name = argument.HelpName ?? argument.Name;
            return argument.Arity.MinimumNumberOfValues == 0 ? $" [{name}]" : $" {name}";
        }));
        return (command.Subcommands.Count > 0 ? " COMMAND" : "") + arguments + " [options]";
    }

    private static string Label(Option option)
    {
        var names = string.Join(", ", option.Aliases.Where(static alias => alias.StartsWith('-')).Append(option.Name));
        return option.HelpName is { } value ? names + " " + value : names;
    }

    private static void Section(TextWriter output, string title, IEnumerable<(string Label, string? Text)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine(title + ":");
        var width = all.Max(static row => row.Text is null ? 0 : row.Label.Length);
        foreach (var (label, text) in all)
        {
            output.WriteLine(text is null ? "  " + label : "  " + label.PadRight(width + 2) + text);
        }
    }
}

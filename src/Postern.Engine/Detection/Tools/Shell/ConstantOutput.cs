using System.Text;

namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>What a chain of harmless filters prints when everything about it is written in the text.</summary>
internal static class ConstantOutput
{
    /// <summary>The output of one pipeline, or null when any part of it is only known at run time.</summary>
    public static string? Of(IEnumerable<ShellCommand> commands)
    {
        string? text = null;
        var any = false;
        foreach (var command in commands)
        {
            text = Step(command, any ? text : command.Input);
            any = true;
            if (text is null)
            {
                return null;
            }
        }

        return text?.TrimEnd('\n');
    }

    /// <summary>Gives the last command of a pipeline the constant output of the one before it.</summary>
    public static void Feed(List<ShellCommand> commands)
    {
        if (commands.Count < 2 || commands[^1].Input is not null || commands[^1].Pipeline != commands[^2].Pipeline)
        {
            return;
        }

        commands[^1].Input = Step(commands[^2], commands[^2].Input);
    }

    /// <summary>Does so for the commands behind <paramref name="first"/>, whose input is only known now; returns those that got any.</summary>
    public static List<ShellCommand> FeedFrom(List<ShellCommand> commands, ShellCommand first)
    {
        List<ShellCommand> fed = [];
        var at = commands.IndexOf(first);
        for (var next = at + 1; at >= 0 && next < commands.Count && commands[next].Pipeline == first.Pipeline && commands[next].Input is null; next++)
        {
            commands[next].Input = Step(commands[next - 1], commands[next - 1].Input);
            if (commands[next].Input is null)
            {
                break;
            }

            fed.Add(commands[next]);
        }

        return fed;
    }

    /// <summary>What a command puts into the file it writes; parts that are only known at run time stand as they were written.</summary>
    public static string? Printed(ShellCommand command) => command.Program == "tee" ? command.Input : Output(command, command.Input);

    private static string? Step(ShellCommand command, string? input) =>
        command.IsProgramOpen || command.Arguments.Exists(a => a.Open) ? null : Output(command, input);

    private static string? Output(ShellCommand command, string? input)
    {
        var words = command.Arguments.ConvertAll(a => a.Text);
        return command.Program switch
        {
            "echo" => Echo(words),
            "printf" => Printf(words),
            "cat" or "tee" when words.Count == 0 => input,
            "rev" => input is null ? null : Reversed(input),
            "base64" or "base32" when input is not null && words.Exists(w => w is "-d" or "-D" or "--decode" or "-di") => Encoded.Base64(input),
            "openssl" when input is not null && words.Contains("-d") && words.Contains("-base64") => Encoded.Base64(input),
            "xxd" when input is not null && words.Exists(w => w.StartsWith("-r", StringComparison.Ordinal)) => Encoded.Hex(input),
            "tr" when input is not null && words.Count == 2 => Encoded.Translate(input, words[0], words[1]),
            _ => null,
        };
    }

    private static string Echo(List<string> words)
    {
        var skip = words.TakeWhile(w => w is "-n" or "-e" or "-ne" or "-en" or "-E").Count();
        var text = string.Join(' ', words.Skip(skip));
        return words.Take(skip).Any(w => w.Contains('e', StringComparison.Ordinal)) ? AnsiEscapes.Decode(text) : text;
    }

    private static string? Printf(List<string> words)
    {
        if (words.Count == 0 || words[0] == "-v")
        {
            return null;
        }

        var (format, next) = (AnsiEscapes.Decode(words[0]), 1);
        var result = new StringBuilder();
        for (var at = 0; at < format.Length; at++)
        {
            if (format[at] == '%' && at + 1 < format.Length && format[at + 1] is 's' or 'b' or 'q')
            {
                result.Append(next < words.Count ? AnsiEscapes.Decode(words[next++]) : "");
                at++;
            }
            else
            {
                result.Append(format[at]);
            }
        }

        return result.ToString();
    }

    private static string Reversed(string text)
    {
        var characters = text.TrimEnd('\n').ToCharArray();
        Array.Reverse(characters);
        return new string(characters);
    }
}

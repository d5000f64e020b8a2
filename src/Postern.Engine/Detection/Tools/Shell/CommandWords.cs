namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>Tells the words of a command apart: variables in front, the program, its arguments; keeps track of what the shell remembers.</summary>
internal static class CommandWords
{
    private const string Wildcards = "*?[";

    private static readonly string[] s_setters = ["export", "declare", "typeset", "local", "readonly", "setx", "set"];

    public static void Fill(ShellCommand command, List<ShellWord> words, ShellScript script)
    {
        var at = 0;
        while (at < words.Count && TryAssignment(words[at].Text, out var assignment))
        {
            command.Assignments.Add(assignment);
            Assign(assignment.Name, words[at], script);
            at++;
        }

        if (at < words.Count)
        {
            SetProgram(command, words[at]);
            command.Arguments.AddRange(words.Skip(at + 1));
            Remember(command, script);
            CommandFiles.Collect(command, script);
            var places = InlineCode.Codes(command.Program, command.Arguments.ConvertAll(static word => word.Text)).SelectMany(CodeCalls.Places);
            command.Hosts.AddRange(command.Arguments.Select(static word => word.Text).Concat(places).Select(AddressText.MetadataIn).Where(static host => host.Length > 0));
        }
    }

    /// <summary>Names the program of a command; also for commands that wrappers hand on.</summary>
    public static void SetProgram(ShellCommand command, ShellWord word)
    {
        command.Path = word.Text;
        command.IsProgramOpen = word.Open || (word.Text.AsSpan().IndexOfAny(Wildcards) >= 0 && word.Text is not "[" and not "[[");
        var name = word.Text.TrimEnd('\\', '/');
        name = name[(name.LastIndexOfAny(['/', '\\']) + 1)..].ToLowerInvariant();
        command.Program = name.EndsWith(".exe", StringComparison.Ordinal) ? name[..^4] : name;
    }

    /// <summary>Reads <c>NAME=value</c> or <c>NAME+=value</c>.</summary>
    public static bool TryAssignment(string word, out ShellAssignment assignment)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var name = equals > 0 ? word[..equals].TrimEnd('+') : "";
        assignment = new ShellAssignment(name, equals > 0 ? word[(equals + 1)..] : "");
        return name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
    }

    /// <summary>Where a loop gives several values, all of them are kept.</summary>
    private static void Assign(string name, ShellWord word, ShellScript script)
    {
        var value = word with { Text = word.Text[(word.Text.IndexOf('=', StringComparison.Ordinal) + 1)..] };
        if (word.IsChoice)
        {
            script.Variables.SetList(name, [.. script.Variables.List(name) ?? [new(script.Variables[name] ?? "", false)], value]);
        }
        else if (word.Text.AsSpan(name.Length) is ['+', ..])
        {
            script.Variables.Append(name, value.Text);
        }
        else
        {
            script.Variables.Set(name, word.Open ? null : value.Text);
        }
    }

    private static void Remember(ShellCommand command, ShellScript script)
    {
        var words = command.Arguments;
        foreach (var word in words)
        {
            // make CC=…, docker --build-arg TOKEN=…, cmake -DNAME=…: values given under a name, whoever takes them.
            if (TryAssignment(word.Text.StartsWith("-D", StringComparison.Ordinal) ? word.Text[2..] : word.Text, out var given) && !given.Name.Any(char.IsAsciiLetterLower))
            {
                command.Assignments.Add(given);
            }
        }

        if (Array.IndexOf(s_setters, command.Program) >= 0)
        {
            foreach (var word in words)
            {
                if (TryAssignment(word.Text, out var assignment))
                {
                    Assign(assignment.Name, word, script);
                }
            }

            var marker = words.FindIndex(static word => word.Text == "--");
            if (command.Program == "set" && (marker >= 0 || words is [{ Text: not ['-' or '+', ..] }, ..]))
            {
                script.Variables.SetList(ShellVariables.Parameters, [new("bash", false), .. words.Skip(marker + 1)]);
            }
        }
        else if (command.Program is "cd" or "pushd" or "set-location" && words.Count > 0)
        {
            script.Folder = words[^1].Open ? "" : PathForm.Of(words[^1].Text, script.Folder).TrimEnd('/');
        }
        else if (command.Program is "for" or "select" && words.Count >= 3)
        {
            script.Variables.SetList(words[0].Text, [.. words.Skip(2).Select(static word => word with { IsChoice = false })]);
        }
        else if (command.Program == "printf" && words.Count >= 3 && words[0].Text == "-v")
        {
            script.Variables.Set(words[1].Text, string.Concat(words.Skip(words.Count > 3 ? 3 : 2).Select(w => w.Text)));
        }
        else if (command.Program == "read" && words.Count > 0 && command.Input is { } input)
        {
            script.Variables.Set(words[^1].Text, input.TrimEnd('\n'));
        }
    }
}

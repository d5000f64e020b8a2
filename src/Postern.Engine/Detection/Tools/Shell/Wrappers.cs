namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>Programs that start what their words say: the inner command is added as a command of its own.</summary>
internal static class Wrappers
{
    /// <summary>Program → options that take a value, and how many words stand before the inner command.</summary>
    private static readonly Lazy<Dictionary<string, (string[] ValueOptions, int Skip)>> s_prefixes = new(static () =>
        EmbeddedTable.ReadRows("Postern.command-prefixes.txt").ToDictionary(static row => row.Key, static row => Prefix(row.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)), StringComparer.Ordinal));

    /// <summary>Adds every command that <paramref name="command"/> would start.</summary>
    public static void Unwrap(ShellCommand command, ShellScript script, int depth)
    {
        if (s_prefixes.Value.TryGetValue(command.Program, out var prefix))
        {
            Hand(command, InnerStart(command, prefix.ValueOptions, prefix.Skip), script, depth);
        }
        else if (command.Program is "docker" or "podman" or "kubectl" or "nerdctl" or "oc" && command.Arguments.Exists(a => a.Text == "exec"))
        {
            Hand(command, AfterMarker(command, "--", "exec"), script, depth);
        }
        else if (command.Program == "find")
        {
            Find(command, script, depth);
        }

        var outer = script.Variables.List(ShellVariables.Parameters);
        if (InnerTexts.Parameters(command) is { } given)
        {
            script.Variables.SetList(ShellVariables.Parameters, given);
        }

        foreach (var text in InnerTexts.Of(command))
        {
            ShellReader.Read(text, script, depth + 1, command.Pipeline);
        }

        foreach (var hook in InnerTexts.Hooks(command))
        {
            ShellReader.Read(hook, script, depth + 1, 0);
        }

        Written(command, script, depth);
        if (!ReferenceEquals(outer, script.Variables.List(ShellVariables.Parameters)) && command.Program is not "eval" and not "source" and not ".")
        {
            script.Variables.SetList(ShellVariables.Parameters, outer);
        }
    }

    private static (string[] ValueOptions, int Skip) Prefix(string[] words) =>
        words is [['+', .. var skip], .. var options] ? (options, skip[0] - '0') : (words, 0);

    /// <summary>A function of this text, or a file that it wrote.</summary>
    private static void Written(ShellCommand command, ShellScript script, int depth)
    {
        var body = script.Written.CalledBy(command);
        if (body is not null)
        {
            script.Variables.SetList(ShellVariables.Parameters, [new(command.Path, false), .. command.Arguments]);
        }

        var text = body ?? script.Written.RunBy(command, script.Folder);
        if (text is null || !script.Written.TryBegin(text))
        {
            return;
        }

        foreach (var line in body is null ? InlineCode.CommandsOf(command.Program, text) : [text])
        {
            ShellReader.Read(line, script, depth + 1, command.Pipeline);
        }

        script.Written.End(text);
    }

    private static int InnerStart(ShellCommand command, string[] valueOptions, int skip)
    {
        for (var i = 0; i < command.Arguments.Count; i++)
        {
            var word = command.Arguments[i].Text;
            if (word.StartsWith('-') && word.Length > 1)
            {
                i += Array.IndexOf(valueOptions, word) >= 0 ? 1 : 0;
            }
            else if (CommandWords.TryAssignment(word, out var assignment))
            {
                command.Assignments.Add(assignment);
            }
            else if (skip-- == 0)
            {
                return i;
            }
        }

        return command.Arguments.Count;
    }

    /// <summary>The word behind <paramref name="marker"/>, else two behind <paramref name="verb"/> and its options.</summary>
    private static int AfterMarker(ShellCommand command, string marker, string verb)
    {
        var words = command.Arguments;
        var at = words.FindIndex(a => a.Text == marker);
        if (at >= 0)
        {
            return at + 1;
        }

        at = words.FindIndex(a => a.Text == verb) + 1;
        while (at < words.Count && words[at].Text.StartsWith('-'))
        {
            at += words[at].Text is "-e" or "-u" or "-w" or "-n" or "--env" or "--user" or "--workdir" ? 2 : 1;
        }

        return at + 1;
    }

    private static void Find(ShellCommand command, ShellScript script, int depth)
    {
        var words = command.Arguments;
        var root = words.Count > 0 && !words[0].Text.StartsWith('-') ? words[0].Text.TrimEnd('/') : ".";
        var name = words.FindIndex(a => a.Text is "-name" or "-iname" or "-path") is var n and >= 0 && n + 1 < words.Count ? words[n + 1].Text : "*";
        for (var at = words.FindIndex(a => a.Text is "-exec" or "-execdir" or "-ok" or "-okdir"); at >= 0 && at + 1 < words.Count;)
        {
            var end = words.FindIndex(at, a => a.Text is ";" or "+");
            end = end < 0 ? words.Count : end;
            var inner = words.GetRange(at + 1, end - at - 1);
            Start(inner.ConvertAll(w => w with { Text = w.Text.Replace("{}", root + "/" + name, StringComparison.Ordinal) }), command, script, depth);
            at = end < words.Count ? words.FindIndex(end, a => a.Text is "-exec" or "-execdir" or "-ok" or "-okdir") : -1;
        }
    }

    private static void Hand(ShellCommand command, int start, ShellScript script, int depth)
    {
        if (start < command.Arguments.Count)
        {
            var words = command.Arguments.GetRange(start, command.Arguments.Count - start);
            if (command is { Program: "xargs", Input: { } input })
            {
                words.AddRange(input.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(static word => new ShellWord(word, false)));
            }

            Start(words, command, script, depth);
        }
    }

    private static void Start(List<ShellWord> words, ShellCommand outer, ShellScript script, int depth)
    {
        if (words.Count == 0 || !script.TryEnter(depth + 1, words[0].Text))
        {
            return;
        }

        var inner = new ShellCommand { Pipeline = outer.Pipeline, Input = outer.Input, IsBackground = outer.IsBackground };
        inner.Assignments.AddRange(outer.Assignments);
        CommandWords.Fill(inner, words, script);
        script.Add(inner);
        Unwrap(inner, script, depth + 1);
    }
}

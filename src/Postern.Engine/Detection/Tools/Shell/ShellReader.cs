namespace Postern.Engine.Detection.Tools.Shell;

/// <summary>
/// Reads a shell text into the commands it would start. It is a reader, not a shell: nothing runs, what is unknown stays open,
/// a text that no shell would accept is read as far as it goes. Linear in the text within the bounds of <see cref="ShellScript"/>.
/// </summary>
internal sealed class ShellReader
{
    private readonly ShellCursor _cursor;
    private readonly ShellScript _script;
    private readonly int _depth;
    private readonly WordReader _words;
    private readonly RedirectionReader _redirections;
    private readonly ShellGroups _groups;
    private int _pipeline;

    private ShellReader(string text, ShellScript script, int depth, int pipeline)
    {
        _cursor = new ShellCursor(text);
        _script = script;
        _depth = depth;
        _pipeline = pipeline;
        _words = new WordReader(_cursor, script, this);
        _redirections = new RedirectionReader(_cursor, _words, script);
        _groups = new ShellGroups(_cursor, script);
    }

    /// <summary>Reads a whole text.</summary>
    public static ShellScript Read(string text)
    {
        var script = new ShellScript();
        Read(text, script, 0, 0);
        return script;
    }

    /// <summary>Reads a text inside another; <paramref name="pipeline"/> 0 lets each command line have its own number.</summary>
    public static void Read(string text, ShellScript script, int depth, int pipeline)
    {
        if (script.TryEnter(depth, text))
        {
            new ShellReader(text, script, depth, pipeline).Lines(pipeline != 0);
        }
    }

    /// <summary>Reads a substitution; its output if that is constant, else null.</summary>
    public string? Inner(string text)
    {
        var before = _script.Commands.Count;
        if (_pipeline == 0)
        {
            _pipeline = _script.NextPipeline();
        }

        Read(text, _script, _depth + 1, _pipeline);
        return ConstantOutput.Of(_script.Commands.Skip(before));
    }

    /// <summary>The inside of an expansion after its own expansions, and whether a part of it is only known at run time.</summary>
    public (string Text, bool IsOpen) Expanded(string text) => Expanded(text, static (words, word) => words.ReadWhole(word));

    private (string Text, bool IsOpen) Expanded(string text, Action<WordReader, WordText> read)
    {
        if (text.AsSpan().IndexOfAny("$`'\"\\") < 0 || !_script.TryEnter(_depth + 1, text))
        {
            return (text, false);
        }

        if (_pipeline == 0)
        {
            _pipeline = _script.NextPipeline();
        }

        var word = new WordText();
        read(new ShellReader(text, _script, _depth + 1, _pipeline)._words, word);
        word.End();
        return (string.Join(' ', word.Done.Select(static piece => piece.Text)), word.Done.Exists(static piece => piece.Open));
    }

    private void Lines(bool shared)
    {
        while (SkipToCommand())
        {
            if (!shared && _pipeline == 0)
            {
                _pipeline = _script.NextPipeline();
            }

            Command();
            if (!shared && !_cursor.IsAtPipe)
            {
                _pipeline = 0;
            }
        }
    }

    /// <summary>Passes over separators, brackets, comments and the bodies of here-documents.</summary>
    private bool SkipToCommand()
    {
        while (!_cursor.IsAtEnd)
        {
            if (_cursor.Take('\n'))
            {
                HereDocuments();
            }
            else if (_cursor.Current == '#')
            {
                _cursor.At = _cursor.Text.IndexOf('\n', _cursor.At) is var end and >= 0 ? end : _cursor.Text.Length;
            }
            else if (_cursor.Take('('))
            {
                _groups.Open();
            }
            else if (_cursor.Take(')'))
            {
                _pipeline = _groups.Close(_pipeline);
            }
            else if (" \t\r;&|".Contains(_cursor.Current, StringComparison.Ordinal))
            {
                _cursor.At++;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private void HereDocuments()
    {
        foreach (var document in _redirections.HereDocuments)
        {
            var command = document.Command;
            document.ReadBody(_cursor);
            if (document.Expands)
            {
                command.Input = Expanded(command.Input!, static (words, word) => words.ReadBody(word)).Text;
            }

            _script.Written.AddFiles(command);
            foreach (var reader in ConstantOutput.FeedFrom(_script.Commands, command).Prepend(command))
            {
                foreach (var script in InnerTexts.Input(reader).ToArray())
                {
                    Read(script, _script, _depth + 1, reader.Pipeline);
                }
            }
        }

        _redirections.HereDocuments.Clear();
    }

    private void Command()
    {
        var command = new ShellCommand { Pipeline = _pipeline };
        var words = Words(command);
        command.Pipeline = _pipeline;
        command.IsBackground = _cursor.Current == '&' && _cursor.Peek(1) != '&';
        var choices = words.Skip(1).TakeWhile(static word => word.IsChoice).Count();
        if (choices > 0 && !CommandWords.TryAssignment(words[0].Text, out _))
        {
            // The values of a loop where the program stands: one command for each.
            foreach (var program in words.GetRange(1, choices).TakeWhile(_ => !_script.IsCut))
            {
                Finish(command.Copy(), [program, .. words.Skip(1 + choices)]);
            }

            words.RemoveRange(1, choices);
        }

        Finish(command, words);
    }

    private void Finish(ShellCommand command, List<ShellWord> words)
    {
        CommandWords.Fill(command, words, _script);
        if (command is { Path.Length: 0, Assignments.Count: 0, Writes.Count: 0, Reads.Count: > 0 })
        {
            // "$(<file)" prints it, and "done < file" hands it to what stands in front.
            CommandWords.SetProgram(command, new ShellWord("cat", false));
        }

        if (command.Path.Length > 0 || command.IsProgramOpen || command.Assignments.Count + command.Writes.Count + command.Reads.Count > 0)
        {
            _script.Add(command);
            ConstantOutput.Feed(_script.Commands);
            _script.Written.AddFiles(command);
            Wrappers.Unwrap(command, _script, _depth);
        }
    }

    private List<ShellWord> Words(ShellCommand command)
    {
        var word = new WordText();
        while (!_cursor.IsAtEnd && !"\n;&|)".Contains(_cursor.Current, StringComparison.Ordinal))
        {
            var c = _cursor.Current;
            if (c is ' ' or '\t' or '\r' || (c == '\\' && _cursor.Peek(1) == '\n'))
            {
                _cursor.At += c == '\\' ? 2 : 1;
            }
            else if (c == '#' && word.IsEmpty)
            {
                return word.Done;
            }
            else if (c is '<' or '>' && _cursor.Peek(1) != '(')
            {
                _redirections.Read(command);
            }
            else if (c == '(')
            {
                _cursor.At++;
                if (word.Done is [.., { Text: [.. var name, '='] }])
                {
                    word.Done.RemoveAt(word.Done.Count - 1);
                    Items(name);
                    continue;
                }

                // A function's head: the body is read as commands of its own.
                _groups.Open();
                Function(word.Done is [var head] ? head.Text : "");
                return word.Done;
            }
            else
            {
                _words.Read(word);
                RedirectionNumber(word);
                word.End();
                DropKeywords(word.Done);
            }
        }

        if (_cursor.Take("&>") && !_cursor.IsAtEnd)
        {
            command.Writes.Add(_redirections.Target());
        }

        return word.Done;
    }

    /// <summary>In <c>2&gt;file</c> the number is no word.</summary>
    private void RedirectionNumber(WordText word)
    {
        if (_cursor.Current is '<' or '>' && word.Text.Length == 1 && char.IsAsciiDigit(word.Text[0]))
        {
            word.End();
            word.Done.RemoveAt(word.Done.Count - 1);
        }
    }

    private void DropKeywords(List<ShellWord> words)
    {
        if (words.Count == 1 && ShellGroups.IsKeyword(words[0]))
        {
            _pipeline = _groups.Pass(words[0].Text, _pipeline);
            words.Clear();
        }
        else if (words.Count == 2 && words[0].Text == "function")
        {
            Function(words[1].Text);
            words.Clear();
        }
    }

    /// <summary>Keeps the body behind a function's head, for calls with arguments; passes over nothing.</summary>
    private void Function(string name)
    {
        var at = _cursor.At;
        while (!_cursor.IsAtEnd && " \t\r\n()".Contains(_cursor.Current, StringComparison.Ordinal))
        {
            _cursor.At++;
        }

        if (name.Length > 0 && _script.Written.HasRoom && _cursor.Take('{'))
        {
            _script.Written.AddFunction(name, _cursor.TakeNested('{', '}'));
        }

        _cursor.At = at;
    }

    /// <summary>The items of an array, up to the bracket that ends it.</summary>
    private void Items(string name)
    {
        var word = new WordText();
        while (!_cursor.IsAtEnd && !_cursor.Take(')'))
        {
            var before = _cursor.At;
            _words.Read(word);
            word.End();
            _cursor.At += _cursor.At == before ? 1 : 0;
        }

        var array = name.TrimEnd('+');
        _script.Variables.SetList(array, [.. array == name ? [] : _script.Variables.List(array) ?? [], .. word.Done]);
    }
}

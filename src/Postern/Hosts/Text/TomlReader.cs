namespace Postern.Program.Hosts.Text;

/// <summary>Reads TOML 1.0 and remembers where everything stands.</summary>
internal ref struct TomlReader(string text, int maxDepth)
{
    private readonly TextNode _root = new(TextKind.Object, 0);
    private TextNode? _table;
    private int _at;

    /// <summary>Reads the whole text.</summary>
    /// <exception cref="FormatException">It is no TOML; the message says where.</exception>
    public TextNode Read()
    {
        for (Skip(); _at < text.Length; Skip())
        {
            if (text[_at] == '[')
            {
                Header();
            }
            else
            {
                Statement();
            }
        }

        _root.End = text.Length;
        return _root;
    }

    private void Header()
    {
        var start = _at;
        var isList = text.AsSpan(_at).StartsWith("[[");
        _at += isList ? 2 : 1;
        var path = Key();
        Expect(']');
        if (isList)
        {
            Expect(']');
        }

        var parent = Walk(_root, path.AsSpan(..^1), start);
        _table = isList ? NewItem(parent, path[^1], start) : TableOf(parent, path[^1], start);
        EndLine();
        _table.Lines.Add((start, _at));
    }

    private static TextNode NewItem(TextNode parent, string name, int start)
    {
        var list = parent[name];
        if (list is null)
        {
            parent.Add(new TextMember(name, start, list = new TextNode(TextKind.Array, start)));
        }

        var item = new TextNode(TextKind.Object, start);
        list.Items.Add(item);
        return item;
    }

    private readonly TextNode TableOf(TextNode parent, string name, int start)
    {
        var table = parent[name];
        if (table is null)
        {
            parent.Add(new TextMember(name, start, table = new TextNode(TextKind.Object, start)));
        }

        return table.Kind == TextKind.Object ? table : throw Wrong("a table under the name of a value");
    }

    /// <summary>Along names to a table; of a list of tables its last one is meant.</summary>
    private readonly TextNode Walk(TextNode from, ReadOnlySpan<string> path, int start)
    {
        foreach (var name in path)
        {
            var next = from[name] is { Kind: TextKind.Array, Items: [.., { } last] } ? last : TableOf(from, name, start);
            from = next;
        }

        return from;
    }

    private void Statement()
    {
        var start = _at;
        var path = Key();
        Expect('=');
        Blanks();
        var value = Value(0);
        var parent = Walk(_table ?? _root, path.AsSpan(..^1), start);
        parent.Add(new TextMember(path[^1], start, value));
        EndLine();
        if (_table is { Lines: [.., var own] })
        {
            _table.Lines[^1] = (own.Start, _at);
        }

        if (path.Length > 1)
        {
            parent.Lines.Add((start, _at));
        }
    }

    private string[] Key()
    {
        var path = new List<string>();
        do
        {
            Blanks();
            path.Add(_at < text.Length && text[_at] is '"' or '\'' ? TomlString.Read(text, ref _at) : Bare());
            Blanks();
        }
        while (_at < text.Length && text[_at] == '.' && ++_at > 0);

        return path.Count <= maxDepth ? [.. path] : throw Wrong("nested too deep");
    }

    private string Bare()
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '_' or '-'))
        {
            _at++;
        }

        return _at > start ? text[start.._at] : throw Wrong("a name is missing");
    }

    private TextNode Value(int depth)
    {
        if (depth > maxDepth || _at == text.Length)
        {
            throw Wrong(_at == text.Length ? "a value is missing" : "nested too deep");
        }

        var start = _at;
        switch (text[_at])
        {
            case '"' or '\'':
                var read = TomlString.Read(text, ref _at);
                return new TextNode(TextKind.String, start) { Text = read, End = _at };
            case '[':
                return List(depth);
            case '{':
                return Inline(depth);
            default:
                while (_at < text.Length && text[_at] is not (',' or ']' or '}' or '#' or '\r' or '\n'))
                {
                    _at++;
                }

                var end = start + text.AsSpan(start, _at - start).TrimEnd().Length;
                return end > start ? new TextNode(TextKind.Other, start) { End = end } : throw Wrong("a value is missing");
        }
    }

    private TextNode List(int depth)
    {
        var node = new TextNode(TextKind.Array, _at++);
        for (Skip(); Here != ']'; Skip())
        {
            node.Items.Add(Value(depth + 1));
            Skip();
            if (Here != ']')
            {
                Expect(',');
            }
        }

        node.End = ++_at;
        return node;
    }

    private TextNode Inline(int depth)
    {
        var node = new TextNode(TextKind.Object, _at++);
        for (Blanks(); Here != '}'; Blanks())
        {
            var start = _at;
            var path = Key();
            Expect('=');
            Blanks();
            Walk(node, path.AsSpan(..^1), start).Add(new TextMember(path[^1], start, Value(depth + 1)));
            Blanks();
            if (Here != '}')
            {
                Expect(',');
            }
        }

        node.End = ++_at;
        return node;
    }

    private void Blanks()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t')
        {
            _at++;
        }
    }

    /// <summary>White space, comments and line ends.</summary>
    private void Skip()
    {
        while (_at < text.Length && (text[_at] is ' ' or '\t' or '\r' or '\n' or '#' or '\uFEFF'))
        {
            if (text[_at] == '#')
            {
                var end = text.IndexOf('\n', _at);
                _at = end < 0 ? text.Length - 1 : end;
            }

            _at++;
        }
    }

    /// <summary>To the beginning of the next line; nothing but a comment may stand before it.</summary>
    private void EndLine()
    {
        Blanks();
        if (_at < text.Length && text[_at] == '#')
        {
            var end = text.IndexOf('\n', _at);
            _at = end < 0 ? text.Length : end;
        }

        _at += text.AsSpan(_at) switch { ['\r', '\n', ..] => 2, ['\n', ..] => 1, [] => 0, _ => throw Wrong("something stands behind a value") };
    }

    private readonly char Here => _at < text.Length ? text[_at] : throw Wrong("it ends too early");

    private void Expect(char wanted)
    {
        Blanks();
        if (Here != wanted)
        {
            throw Wrong($"'{wanted}' is missing");
        }

        _at++;
    }

    private readonly FormatException Wrong(string what) => TextFault.At(text, _at, what);
}

using System.Text.Json;

namespace Postern.Program.Hosts.Text;

/// <summary>Reads JSON with comments and trailing commas, as editors write it, and remembers where everything stands.</summary>
internal ref struct JsoncReader(string text, int maxDepth)
{
    private int _at;

    /// <summary>Reads the whole text; an empty one is an empty object that stands nowhere.</summary>
    /// <exception cref="FormatException">It is no such JSON; the message says where.</exception>
    public TextNode Read()
    {
        Skip();
        if (_at == text.Length)
        {
            return new TextNode(TextKind.Object, _at) { End = _at };
        }

        var root = Value(0);
        Skip();
        return _at == text.Length ? root : throw Wrong("more than one value");
    }

    private TextNode Value(int depth)
    {
        if (depth > maxDepth)
        {
            throw Wrong("nested too deep");
        }

        switch (Here)
        {
            case '{':
                return Object(depth);
            case '[':
                return Array(depth);
            case '"':
                var start = _at;
                var read = String();
                return new TextNode(TextKind.String, start) { Text = read, End = _at };
            default:
                return Word();
        }
    }

    private TextNode Object(int depth)
    {
        var node = new TextNode(TextKind.Object, _at++);
        for (Skip(); Here != '}'; Next('}'))
        {
            var start = _at;
            var name = String();
            Skip();
            Expect(':');
            Skip();
            node.Add(new TextMember(name, start, Value(depth + 1)));
        }

        node.End = ++_at;
        return node;
    }

    private TextNode Array(int depth)
    {
        var node = new TextNode(TextKind.Array, _at++);
        for (Skip(); Here != ']'; Next(']'))
        {
            node.Items.Add(Value(depth + 1));
        }

        node.End = ++_at;
        return node;
    }

    /// <summary>To the next item, or to the end.</summary>
    private void Next(char end)
    {
        Skip();
        if (Here != end)
        {
            Expect(',');
            Skip();
        }
    }

    private string String()
    {
        var start = _at;
        Expect('"');
        while (Here != '"')
        {
            _at += Here == '\\' ? 2 : 1;
        }

        _at++;
        try
        {
            using var document = JsonDocument.Parse(text.AsMemory(start, _at - start));
            return document.RootElement.GetString()!;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Wrong("a text that is none");
        }
    }

    private TextNode Word()
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '-' or '+' or '.'))
        {
            _at++;
        }

        return _at > start ? new TextNode(TextKind.Other, start) { End = _at } : throw Wrong("a value is missing");
    }

    private void Skip()
    {
        while (_at < text.Length)
        {
            if (text[_at] is ' ' or '\t' or '\r' or '\n' or '\uFEFF')
            {
                _at++;
            }
            else if (text.AsSpan(_at).StartsWith("//"))
            {
                var end = text.IndexOf('\n', _at);
                _at = end < 0 ? text.Length : end;
            }
            else if (text.AsSpan(_at).StartsWith("/*"))
            {
                var end = text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                _at = end < 0 ? throw Wrong("a comment without an end") : end + 2;
            }
            else
            {
                return;
            }
        }
    }

    private readonly char Here => _at < text.Length ? text[_at] : throw Wrong("it ends too early");

    private void Expect(char wanted)
    {
        if (Here != wanted)
        {
            throw Wrong($"'{wanted}' is missing");
        }

        _at++;
    }

    private readonly FormatException Wrong(string what) => TextFault.At(text, _at, what);
}

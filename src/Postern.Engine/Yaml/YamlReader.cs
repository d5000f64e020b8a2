using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Postern.Engine.Yaml;

/// <summary>
/// Reads one bounded YAML document into nodes with positions. Anchors, aliases and tags are refused: an alias makes a
/// small file large, and a tag changes what a reader believes it sees.
/// </summary>
public sealed class YamlReader
{
    /// <summary>Longest text that is looked at, in characters.</summary>
    public const int MaxCharacters = 1 << 20;

    /// <summary>Deepest nesting of lists and mappings. The vocabulary needs 5.</summary>
    public const int MaxDepth = 16;

    /// <summary>After so many faults reading stops: the first ones explain the rest.</summary>
    private const int MaxFaults = 50;

    private readonly string _text;
    private readonly Parser _parser;
    private readonly List<YamlFault> _faults = [];

    private YamlReader(string text) =>
        (_text, _parser) = (text, new Parser(new Scanner(new StringReader(text), skipComments: true)));

    /// <summary>Reads a whole text: one document, as strict as the configuration is read. Faults are values; nothing is thrown.</summary>
    public static YamlDocument Read(string text)
    {
        if (text.Length > MaxCharacters)
        {
            return new(null, [new(1, 1, $"the file is longer than {MaxCharacters} characters")]);
        }

        // A byte order mark is no part of the first key, whoever left it there.
        var content = text.StartsWith('\uFEFF') ? text[1..] : text;

        // An absent or empty file is the common start: it must not pay for starting the parser.
        return string.IsNullOrWhiteSpace(content) ? new(null, []) : new YamlReader(content).ReadDocument();
    }

    private YamlDocument ReadDocument()
    {
        YamlNode? root = null;
        try
        {
            root = ReadOnlyDocument();
        }
        catch (YamlException broken)
        {
            FailSyntax(broken.Start);
        }
        catch (Exception broken) when (broken is ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            // The scanner lets these escape for some malformed escapes and numbers in directives.
            Fail(_parser.Current?.End ?? Mark.Empty, "this is not valid YAML after this point");
        }

        return new(root, _faults);
    }

    private YamlNode? ReadOnlyDocument()
    {
        YamlNode? root = null;
        var documents = 0;
        while (_parser.MoveNext() && _faults.Count < MaxFaults)
        {
            if (_parser.Current is not DocumentStart start)
            {
                continue;
            }

            if (documents++ > 0)
            {
                Fail(start.Start, "a second document starts here; one file holds one document");
                return null;
            }

            _parser.MoveNext();
            root = ReadNode(0);
            if (root is null)
            {
                return null;
            }
        }

        return root;
    }

    /// <summary>Reads the node whose first event is current, and leaves its last event current. Null stops the reading.</summary>
    private YamlNode? ReadNode(int depth)
    {
        var current = _parser.Current!;
        if (current is AnchorAlias)
        {
            Fail(current.Start, "aliases are not supported; write the value out");
            return Empty(current.Start);
        }

        if (current is not NodeEvent node)
        {
            // The parser lets some damaged flow mappings end between a key and its value.
            Fail(current.Start, "this is not valid YAML here");
            return null;
        }

        RefuseDecoration(node);
        if (depth >= MaxDepth && current is not Scalar)
        {
            Fail(current.Start, $"nested deeper than {MaxDepth} levels");
            return null;
        }

        return current switch
        {
            Scalar scalar => NodeOf(scalar),
            SequenceStart => ReadSequence(current.Start, depth),
            _ => ReadMapping(current.Start, depth),
        };
    }

    private YamlNode? ReadSequence(Mark at, int depth)
    {
        var items = new List<YamlNode>();
        while (_parser.MoveNext() && _parser.Current is not SequenceEnd)
        {
            if (_faults.Count >= MaxFaults || ReadNode(depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return YamlNode.Sequence(Number(at.Line), Number(at.Column), items);
    }

    private YamlNode? ReadMapping(Mark at, int depth)
    {
        var entries = new List<YamlEntry>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        while (_parser.MoveNext() && _parser.Current is not MappingEnd)
        {
            if (_faults.Count >= MaxFaults || ReadNode(depth + 1) is not { } key || !_parser.MoveNext() || ReadNode(depth + 1) is not { } value)
            {
                return null;
            }

            if (key.Kind != YamlKind.Scalar)
            {
                _faults.Add(new(key.Line, key.Column, "a key must be a single word"));
            }
            else if (!seen.TryAdd(key.Text, key.Line))
            {
                _faults.Add(new(key.Line, key.Column, $"'{PrintableText.Of(key.Text)}' is given twice; the first one is in line {seen[key.Text]}"));
            }
            else
            {
                entries.Add(new(key, value));
            }
        }

        return YamlNode.Mapping(Number(at.Line), Number(at.Column), entries);
    }

    private void RefuseDecoration(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
        {
            Fail(node.Start, "anchors are not supported; write the value out where it is needed");
        }

        if (!node.Tag.IsEmpty)
        {
            Fail(node.Start, "tags are not supported; quote a value that shall be text");
        }
    }

    /// <summary>The parser blames what follows a tab; people need to hear about the tab.</summary>
    private void FailSyntax(Mark at)
    {
        var line = 0;
        foreach (var content in _text.AsSpan().EnumerateLines())
        {
            line++;
            if (content.TrimStart(' ').StartsWith("\t"))
            {
                _faults.Add(new(line, content.IndexOf('\t') + 1, "this is not valid YAML: indent with spaces, not with tabs"));
                return;
            }
        }

        Fail(at, "this is not valid YAML here");
    }

    private void Fail(Mark at, string message) => _faults.Add(new(Math.Max(1, Number(at.Line)), Math.Max(1, Number(at.Column)), message));

    private static YamlNode NodeOf(Scalar scalar) =>
        YamlNode.Scalar(Number(scalar.Start.Line), Number(scalar.Start.Column), scalar.Value, scalar.Style == ScalarStyle.Plain);

    private static YamlNode Empty(Mark at) => YamlNode.Scalar(Number(at.Line), Number(at.Column), "", plain: true);

    private static int Number(long position) => (int)position;
}

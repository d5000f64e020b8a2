using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Postern.Engine.Detection.Rules.Reading;

/// <summary>Builds the tree of one rule file from YAML events. Anchors, aliases, tags and second documents are refused.</summary>
internal sealed class YamlTree
{
    /// <summary>Nesting allowed; a rule file needs five levels.</summary>
    private const int MaxDepth = 16;

    private readonly IParser _parser;
    private readonly List<RuleError> _errors;
    private readonly string _file;

    private YamlTree(IParser parser, string file, List<RuleError> errors)
    {
        _parser = parser;
        _file = file;
        _errors = errors;
    }

    /// <summary>The root of the only document, or null after adding to <paramref name="errors"/>.</summary>
    public static YamlNode? Read(string text, string file, List<RuleError> errors)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            return new YamlTree(parser, file, errors).ReadDocument();
        }
        catch (YamlException e)
        {
            errors.Add(new RuleError(file, (int)e.Start.Line, (int)e.Start.Column, $"this is not YAML: {e.Message}"));
            return null;
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet 16.3 throws this, without a place, for some unfinished flow mappings.
            var last = parser.Current?.End ?? Mark.Empty;
            errors.Add(new RuleError(file, (int)last.Line, (int)last.Column, "this is not YAML after this place"));
            return null;
        }
    }

    private YamlNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            _errors.Add(new RuleError(_file, 1, 1, "the file is empty"));
            return null;
        }

        var root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (!_parser.TryConsume<StreamEnd>(out _))
        {
            Refuse(_parser.Current!, "only one document is allowed in a file");
            return null;
        }

        return root;
    }

    private YamlNode? ReadNode(int depth)
    {
        var current = _parser.Consume<NodeEvent>();
        if (!current.Anchor.IsEmpty)
        {
            Refuse(current, "anchors are not allowed");
            return null;
        }

        if (depth == MaxDepth || !current.Tag.IsEmpty)
        {
            Refuse(current, depth == MaxDepth ? "nested too deep" : "tags are not allowed");
            return null;
        }

        return current switch
        {
            Scalar scalar => At(scalar, YamlNodeKind.Scalar) with { Text = scalar.Value, IsQuoted = scalar.Style != ScalarStyle.Plain },
            SequenceStart => ReadList(At(current, YamlNodeKind.List), depth),
            _ => ReadMap(At(current, YamlNodeKind.Map), depth),
        };
    }

    private YamlNode? ReadList(YamlNode list, int depth)
    {
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            if (ReadNode(depth + 1) is not { } item)
            {
                return null;
            }

            list.Items.Add(item);
        }

        return list;
    }

    private YamlNode? ReadMap(YamlNode map, int depth)
    {
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (ReadNode(depth + 1) is not { } key || ReadNode(depth + 1) is not { } value)
            {
                return null;
            }

            if (key.Kind != YamlNodeKind.Scalar)
            {
                _errors.Add(new RuleError(_file, key.Line, key.Column, "a key must be a word"));
            }
            else if (map.Entries.Exists(e => e.Key.Text == key.Text))
            {
                _errors.Add(new RuleError(_file, key.Line, key.Column, $"the key '{key.Text}' stands here twice"));
            }
            else
            {
                map.Entries.Add((key, value));
            }
        }

        return map;
    }

    private static YamlNode At(ParsingEvent e, YamlNodeKind kind) => new(kind, (int)e.Start.Line, (int)e.Start.Column);

    private void Refuse(ParsingEvent e, string why) =>
        _errors.Add(new RuleError(_file, (int)e.Start.Line, (int)e.Start.Column, why));
}

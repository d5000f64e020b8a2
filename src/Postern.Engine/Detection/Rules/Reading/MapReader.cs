using System.Globalization;
using Postern.Engine.Yaml;

namespace Postern.Engine.Detection.Rules.Reading;

/// <summary>Takes the entries of a map by name and type; what is left at the end was unknown.</summary>
internal sealed class MapReader
{
    private readonly YamlNode _map;
    private readonly string _file;
    private readonly List<RuleError> _errors;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public MapReader(YamlNode map, string file, List<RuleError> errors)
    {
        _map = map;
        _file = file;
        _errors = errors;
        if (map.Kind != YamlKind.Mapping)
        {
            Error(map, "a map of keys and values is expected here");
        }
    }

    public YamlNode Map => _map;

    /// <summary>A reader for a map inside this one.</summary>
    public MapReader Below(YamlNode map) => new(map, _file, _errors);

    /// <summary>The node of a key, or null; a missing required key is an error.</summary>
    public YamlNode? Node(string key, bool required = false)
    {
        _known.Add(key);
        var found = _map.Find(key);
        if (found is null && required)
        {
            Error(_map, $"the key '{key}' is missing");
        }

        return found;
    }

    public string Text(string key, bool required = false)
    {
        var node = Node(key, required);
        if (node is null)
        {
            return "";
        }

        if (node.Kind != YamlKind.Scalar || (required && node.Text.Length == 0))
        {
            Error(node, $"'{key}' must be a text");
            return "";
        }

        return node.Text;
    }

    public bool Flag(string key)
    {
        var node = Node(key);
        if (node is not null && (node.Type != YamlScalarType.Flag || node.Text is not ("true" or "false")))
        {
            Error(node, $"'{key}' must be true or false");
        }

        return node?.Text == "true";
    }

    public double Number(string key, double fallback, double min, double max)
    {
        var node = Node(key);
        if (node is null)
        {
            return fallback;
        }

        if (node.Type is not (YamlScalarType.Whole or YamlScalarType.Decimal) || !double.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !(value >= min && value <= max))
        {
            Error(node, string.Create(CultureInfo.InvariantCulture, $"'{key}' must be a number from {min} to {max}"));
            return fallback;
        }

        return value;
    }

    public int Whole(string key, int fallback, int min, int max)
    {
        var value = Number(key, fallback, min, max);
        if (value != Math.Floor(value))
        {
            Error(Node(key)!, $"'{key}' must be a whole number");
        }

        return (int)value;
    }

    /// <summary>One of a closed set of words; <paramref name="fallback"/> when the key is missing.</summary>
    public T Choice<T>(string key, (string Name, T Value)[] choices, T fallback, bool required = false)
    {
        var node = Node(key, required);
        if (node is null)
        {
            return fallback;
        }

        foreach (var (name, value) in choices)
        {
            if (node.Kind == YamlKind.Scalar && node.Text == name)
            {
                return value;
            }
        }

        Error(node, $"'{key}' must be one of: {string.Join(", ", choices.Select(c => c.Name))}");
        return fallback;
    }

    /// <summary>The same for members of an enum, by their <see cref="EnumWords{T}"/>.</summary>
    public T Choice<T>(string key, T[] choices, T fallback, bool required = false)
        where T : struct, Enum => Choice(key, Array.ConvertAll(choices, static choice => (EnumWords<T>.Of(choice), choice)), fallback, required);

    /// <summary>A list of texts, or one text; a list inside the list is one text in pieces.</summary>
    public List<string> Texts(string key, bool required = false)
    {
        var node = Node(key, required);
        if (node is null)
        {
            return [];
        }

        var items = node.Kind == YamlKind.Sequence ? node.Items : [node];
        if (items.Count == 0)
        {
            Error(node, $"'{key}' must not be empty");
        }

        return [.. items.Select(i => Joined(i, key))];
    }

    /// <summary>Reports every key that nobody asked for.</summary>
    public void Finish()
    {
        foreach (var (key, _) in _map.Entries)
        {
            if (!_known.Contains(key.Text))
            {
                Error(key, $"unknown key '{PrintableText.Of(key.Text)}'; known here: {string.Join(", ", _known)}");
            }
        }
    }

    public void Error(YamlNode at, string message) => _errors.Add(new RuleError(_file, at.Line, at.Column, message));

    private string Joined(YamlNode node, string key)
    {
        if (node.Kind == YamlKind.Scalar)
        {
            return node.Text;
        }

        if (node.Kind == YamlKind.Sequence && node.Items.All(i => i.Kind == YamlKind.Scalar))
        {
            return string.Concat(node.Items.Select(i => i.Text));
        }

        Error(node, $"'{key}' holds texts, or lists of pieces of a text");
        return "";
    }
}

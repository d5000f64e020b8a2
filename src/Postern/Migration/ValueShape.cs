using Postern.Engine.Yaml;

namespace Postern.Program.Migration;

/// <summary>One value on its way: other words, another shape.</summary>
/// <param name="rule">What becomes of it.</param>
/// <param name="value">The value.</param>
/// <param name="source">Where it comes from.</param>
internal sealed class ValueShape(KeyRule rule, YamlNode value, (string Key, int Line) source)
{
    /// <summary>What RE2 has inside brackets, and .NET would read as the characters it is written with.</summary>
    private static readonly (string Theirs, string Ours)[] s_classes =
    [
        ("[:alpha:]", "a-zA-Z"), ("[:digit:]", "0-9"), ("[:alnum:]", "a-zA-Z0-9"), ("[:upper:]", "A-Z"), ("[:lower:]", "a-z"), ("[:xdigit:]", "0-9a-fA-F"), ("[:space:]", @"\s"), ("[:word:]", @"\w"),
        ("[:punct:]", @"!-/:-@\[-`{-~"), ("(?P<", "(?<"),
    ];

    private readonly List<string> _missing = [];
    private bool _isOther;

    /// <summary>The value here, null when nothing of it can be written; whether it says something else; what of it cannot be written.</summary>
    public (DraftNode? Node, bool IsOther, string Missing) Make()
    {
        var node = Shaped(value);
        var missing = _missing.Count == 0 ? "" : "there is no word here for " + string.Join(", ", _missing);
        return (node, _isOther, missing);
    }

    private DraftNode? Shaped(YamlNode at) => (at.Kind, rule.Shape) switch
    {
        (YamlKind.Scalar, "list") => Listed(Scalar(at) is { } only ? [only.Scalar] : []),
        (YamlKind.Mapping, "pairs") => Listed(at.Entries.Select(static entry => DraftText.Quoted($"{entry.Key.Text}:{entry.Value.Text}"))),
        (YamlKind.Sequence, "sequence") => new DraftNode(DraftText.Quoted(string.Join(" > ", at.Items.Select(static item => item.Text)))) { Source = source },
        (YamlKind.Scalar, _) => Scalar(at),
        (YamlKind.Sequence, _) => ListOf(at.Items),
        _ => Whole(at),
    };

    private DraftNode? ListOf(IReadOnlyList<YamlNode> items)
    {
        var list = new DraftNode { Source = source };
        list.Items.AddRange(items.Select(Shaped).OfType<DraftNode>());
        return items.Count > 0 && list.Items.Count == 0 ? null : list;
    }

    private DraftNode Listed(IEnumerable<string> scalars)
    {
        var list = new DraftNode { Source = source };
        list.Items.AddRange(scalars.Select(scalar => new DraftNode(scalar) { Source = source }));
        return list;
    }

    private DraftNode? Scalar(YamlNode at)
    {
        var word = rule.Words?.Find(at.Text)?.Text;
        if (word is null && rule.IsClosed)
        {
            _missing.Add($"'{Terminal.Plain(at.Text)}'");
            return null;
        }

        var text = word ?? rule.Shape switch
        {
            "regex" => Expression(at.Text),
            "search" => $".*(?:{Expression(at.Text)}).*",
            "name" => string.Concat(at.Text.Select(static c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')),
            _ => at.Text,
        };
        _isOther |= text != at.Text;
        var isPlain = at.Type != YamlScalarType.Text || (word is not null && YamlReader.Read(word).Root is { Type: not YamlScalarType.Text });
        return new DraftNode(isPlain ? text : DraftText.Quoted(text)) { Source = source };
    }

    private static string Expression(string theirs) => s_classes.Aggregate(theirs, static (text, one) => text.Replace(one.Theirs, one.Ours, StringComparison.Ordinal));

    /// <summary>A section that is the same here, as far as anybody knows.</summary>
    private DraftNode Whole(YamlNode section)
    {
        var whole = new DraftNode { Source = source };
        foreach (var entry in section.Entries)
        {
            if (Shaped(entry.Value) is { } member)
            {
                whole.Members.Add((entry.Key.Text, member));
            }
        }

        return whole;
    }
}

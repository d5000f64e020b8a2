using System.Globalization;
using System.Text;
using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Detection.Rules.Compiling;

/// <summary>
/// Reads the shape notation: <c>"ghp_" base62{36}</c>, <c>("AKIA"|"ASIA") [A-Z2-7]{16}</c>, <c>"x"i</c> (any case), <c>"\""</c> (a quote), <c>("-")?</c>,
/// <c>hex{32,64}</c>, <c>base62{20,}</c>, <c>base62{8,}*</c> (the conditions are about this run), <c>break</c> (line end or white space, raw or escaped), <c>gap</c> (a break that is there),
/// <c>margin</c> (a break with what numbers, quotes or separates lines).
/// </summary>
internal sealed class ShapeParser
{
    private readonly string _text;
    private int _at;
    private string _error = "";

    private ShapeParser(string text) => _text = text;

    /// <summary>The elements, or null with the reason in <paramref name="error"/>.</summary>
    public static ShapeElement[]? Parse(string text, out string error)
    {
        var parser = new ShapeParser(text);
        var elements = new List<ShapeElement>();
        while (parser.SkipSpace() && parser.ReadElement() is { } element)
        {
            elements.Add(element);
        }

        error = parser._error.Length > 0 ? $"{parser._error} at character {parser._at + 1}" : elements.Count == 0 ? "the shape is empty" : "";
        return error.Length == 0 ? [.. elements] : null;
    }

    private bool SkipSpace()
    {
        while (_at < _text.Length && _text[_at] == ' ')
        {
            _at++;
        }

        return _at < _text.Length;
    }

    private ShapeElement? ReadElement() => _text[_at] switch
    {
        '"' or '(' => ReadLiteral(),
        '[' => ReadSet(),
        _ => ReadNamed(),
    };

    private ShapeElement? ReadLiteral()
    {
        var literals = new List<byte[]>();
        var grouped = Take('(');
        do
        {
            if (!Take('"') || EndOfText() is var end && end <= _at)
            {
                return Fail("a text in double quotes is expected");
            }

            literals.Add(Encoding.UTF8.GetBytes(_text[_at..end].Replace("\\\"", "\"", StringComparison.Ordinal)));
            _at = end + 1;
        }
        while (grouped && Take('|'));

        if (grouped && !Take(')'))
        {
            return Fail("a closing bracket is missing");
        }

        var ignoreCase = Take('i');
        return new ShapeElement
        {
            Kind = ShapeElementKind.Literal,
            Literals = [.. literals.OrderByDescending(l => l.Length)],
            IgnoreCase = ignoreCase,
            Optional = Take('?'),
        };
    }

    /// <summary>The closing quote; a quote after a backslash belongs to the text.</summary>
    private int EndOfText()
    {
        var end = _text.IndexOf('"', _at);
        while (end > _at && _text[end - 1] == '\\')
        {
            end = _text.IndexOf('"', end + 1);
        }

        return end;
    }

    private ShapeElement? ReadSet()
    {
        var end = _at + 1;
        while (end < _text.Length && _text[end] != ']')
        {
            end += _text[end] == '\\' ? 2 : 1;
        }

        if (end >= _text.Length || !Alphabet.TryRanges(_text.AsSpan(_at + 1, end - _at - 1), out var alphabet))
        {
            return Fail("this character set cannot be read");
        }

        _at = end + 1;
        return ReadLength(alphabet);
    }

    private ShapeElement? ReadNamed()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '-'))
        {
            _at++;
        }

        var name = _text[start.._at];
        if (name == "margin")
        {
            return new ShapeElement { Kind = ShapeElementKind.Margin };
        }

        if (name is "break" or "gap")
        {
            return new ShapeElement { Kind = ShapeElementKind.Break, Min = name == "gap" ? 1 : 0 };
        }

        return Alphabet.TryNamed(name, out var alphabet)
            ? ReadLength(alphabet)
            : Fail($"'{name}' is no alphabet; known: {Alphabet.KnownNames}");
    }

    private ShapeElement? ReadLength(Alphabet alphabet)
    {
        var end = _text.IndexOf('}', _at);
        if (!Take('{') || end < 0)
        {
            return Fail("a length such as {36} or {20,40} is expected");
        }

        var bounds = _text[_at..end].Split(',');
        _at = end + 1;
        var max = ShapeElement.MaxRun;
        if (bounds.Length > 2 || !TryNumber(bounds[0], out var min) || (bounds[^1].Length > 0 && !TryNumber(bounds[^1], out max))
            || min > max || max is 0 or > ShapeElement.MaxRun)
        {
            return Fail($"a length lies between 0 and {ShapeElement.MaxRun}");
        }

        return new ShapeElement { Kind = ShapeElementKind.Run, Alphabet = alphabet, Min = min, Max = max, IsValue = Take('*') };
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private bool Take(char c)
    {
        var here = _at < _text.Length && _text[_at] == c;
        _at += here ? 1 : 0;
        return here;
    }

    private ShapeElement? Fail(string why)
    {
        _error = why;
        return null;
    }
}

using Postern.Engine.Detection.Rules;

namespace Postern.Engine.Detection.Shapes;

/// <summary>A sequence of elements with the one that is searched for: the anchor.</summary>
internal sealed class Shape
{
    private readonly ShapeElement[] _elements;

    public Shape(ShapeElement[] elements, int anchor)
    {
        _elements = elements;
        AnchorIndex = anchor;
    }

    public int AnchorIndex { get; }

    public ShapeElement Anchor => _elements[AnchorIndex];

    public ReadOnlySpan<ShapeElement> Elements => _elements;

    /// <summary>True when all matches have one length.</summary>
    public bool IsFixed => Array.TrueForAll(_elements, e => e.Kind switch
    {
        ShapeElementKind.Run => e.Min == e.Max,
        ShapeElementKind.Literal => !e.Optional && e.Literals.All(l => l.Length == e.Literals[0].Length),
        _ => false,
    });

    /// <summary>Matches around an anchor that stands at [start, end); widens both to the whole match.</summary>
    public bool TryMatch(ref ScanInput input, ref int start, ref int end)
    {
        for (var i = AnchorIndex - 1; i >= 0; i--)
        {
            start = _elements[i].MatchBackward(ref input, start);
            if (start < 0)
            {
                return false;
            }
        }

        for (var i = AnchorIndex + 1; i < _elements.Length; i++)
        {
            end = _elements[i].MatchForward(ref input, end);
            if (end < 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The end of the whole match that begins at <paramref name="start"/>, or -1.</summary>
    public int MatchFrom(ref ScanInput input, int start)
    {
        for (var i = 0; i < _elements.Length && start >= 0; i++)
        {
            start = _elements[i].MatchForward(ref input, start);
        }

        return start;
    }

    /// <summary>What must stand directly before (-1) or after (+1) the anchor; null when that is not one ASCII character of a known set.</summary>
    public Alphabet? Beside(int step)
    {
        var at = AnchorIndex + step;
        if (at < 0 || at >= _elements.Length)
        {
            return null;
        }

        return _elements[at] switch
        {
            { Kind: ShapeElementKind.Run, Min: > 0 } run => run.Alphabet,
            { Kind: ShapeElementKind.Literal, Optional: false } literal => Alphabet.OfEdges(literal.Literals, last: step < 0, literal.IgnoreCase),
            _ => null,
        };
    }

    /// <summary>Where the body starts: after a leading literal and what separates it from the next line.</summary>
    public int BodyStart(in ScanInput input, int start)
    {
        if (_elements[0].Kind != ShapeElementKind.Literal || _elements.Length == 1)
        {
            return start;
        }

        foreach (var literal in _elements[0].Literals)
        {
            if (input.HasAt(start, literal, _elements[0].IgnoreCase))
            {
                var body = start + literal.Length;
                return _elements[1].Kind == ShapeElementKind.Margin ? LineBreak.SkipMargin(input.Bytes, body) : body;
            }
        }

        return start;
    }

    /// <summary>What the value conditions are about: the run that is marked as the value, else the body that starts at <paramref name="bodyStart"/>.</summary>
    public (int Start, int End) ValueOf(ref ScanInput input, (int Start, int End) match, int bodyStart)
    {
        var value = Array.FindIndex(_elements, static e => e.IsValue);
        var (start, end) = (bodyStart, match.End);
        for (var i = 0; i <= value; i++)
        {
            start = i == 0 ? match.Start : end;
            end = _elements[i].MatchForward(ref input, start);
        }

        return (start, end);
    }

    /// <summary>The alphabet a right edge must leave; empty when the shape ends in a literal.</summary>
    public Alphabet Last => _elements[^1].Kind == ShapeElementKind.Run ? _elements[^1].Alphabet : default;

    public void Write(BinaryWriter writer)
    {
        writer.WriteFew(_elements, static (to, element) => element.Write(to));
        writer.Write((byte)AnchorIndex);
    }

    public static Shape Read(BinaryReader reader) =>
        new(reader.ReadFew(ShapeElement.Read), reader.ReadByte());
}

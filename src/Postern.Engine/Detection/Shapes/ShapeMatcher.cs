using Postern.Engine.Detection.Rules;

namespace Postern.Engine.Detection.Shapes;

/// <summary>Recognises a credential by its shape, in place: no regular expression, no allocation, no backtracking.</summary>
internal sealed class ShapeMatcher : RuleMatcher
{
    private readonly Shape[] _shapes;
    private readonly ShapeFrame _frame;
    private readonly ValueConditions _value;
    private readonly RuleLiteral[] _literals;
    private readonly RunAnchor[] _runs;

    /// <summary>Which shape an ordinal stands for: literals first, then runs.</summary>
    private readonly int[] _shapeOf;

    public ShapeMatcher(Shape[] shapes, ShapeFrame frame, ValueConditions value)
    {
        _shapes = shapes;
        _frame = frame;
        _value = value;
        var literals = new List<RuleLiteral>();
        var runs = new List<RunAnchor>();
        var shapeOf = new List<int>();
        for (var i = 0; i < shapes.Length; i++)
        {
            foreach (var literal in shapes[i].Anchor.Literals)
            {
                literals.Add(new RuleLiteral(literal, shapes[i].Anchor.IgnoreCase));
                shapeOf.Add(i);
            }
        }

        for (var i = 0; i < shapes.Length; i++)
        {
            if (shapes[i].Anchor.Kind == ShapeElementKind.Run)
            {
                runs.Add(new RunAnchor(shapeOf.Count, shapes[i].Anchor.Alphabet, shapes[i].Anchor.Min, shapes[i].Anchor.Max)
                {
                    Before = shapes[i].Beside(-1),
                    After = shapes[i].Beside(+1),
                });
                shapeOf.Add(i);
            }
        }

        (_literals, _runs, _shapeOf) = ([.. literals], [.. runs], [.. shapeOf]);
    }

    public override MatcherKind Kind => MatcherKind.Shape;

    public override ReadOnlySpan<RuleLiteral> Literals => _literals;

    public override ReadOnlySpan<RunAnchor> Runs => _runs;

    public override void Verify(ref RuleScan scan, in Anchor anchor)
    {
        var shape = _shapes[_shapeOf[anchor.Ordinal]];
        var (start, end) = (anchor.Start, anchor.End);
        // A leading anchor is turned away before anything is read: that is what keeps floods inside one long run cheap.
        var anchorLeads = shape.AnchorIndex == 0;
        if (anchorLeads && !EdgeTest.Left(scan.Input.Bytes, start, _frame.Left))
        {
            return;
        }

        if (shape.TryMatch(ref scan.Input, ref start, ref end)
            && (anchorLeads || EdgeTest.Left(scan.Input.Bytes, start, _frame.Left))
            && EdgeTest.Right(scan.Input.Bytes, end, _frame.Right, shape.Last))
        {
            Judge(ref scan, anchor.Rule, shape, (start, end));
        }
    }

    private void Judge(ref RuleScan scan, int rule, Shape shape, (int Start, int End) match)
    {
        var text = scan.Input.Bytes;
        var bodyStart = shape.BodyStart(in scan.Input, match.Start);
        var body = text[bodyStart..match.End];
        var (from, to) = shape.ValueOf(ref scan.Input, match, bodyStart);
        scan.Input.Work += (match.End - match.Start) * ValueConditions.CostPerByte + _frame.ContextCost;
        if (_frame.InContext(text, match.Start, match.End) && _value.Accept(text[from..to]) && (from == bodyStart || _value.AllowPlaceholders || !Placeholder.Stands(body)))
        {
            scan.Input.Work += _frame.CheckCost;
            scan.Report(rule, new MatchedSpan(match.Start, match.End, _frame.Prove(text[match.Start..match.End], body)));
        }
    }

    protected override void WriteBody(BinaryWriter writer)
    {
        writer.Write((byte)_shapes.Length);
        foreach (var shape in _shapes)
        {
            shape.Write(writer);
        }

        _frame.Write(writer);
        _value.Write(writer);
    }

    public static ShapeMatcher ReadBody(BinaryReader reader)
    {
        var shapes = new Shape[reader.ReadByte()];
        for (var i = 0; i < shapes.Length; i++)
        {
            shapes[i] = Shape.Read(reader);
        }

        return new ShapeMatcher(shapes, ShapeFrame.Read(reader), ValueConditions.Read(reader));
    }
}

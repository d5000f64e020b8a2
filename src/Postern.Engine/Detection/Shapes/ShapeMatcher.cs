using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Shapes.Checks;

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

    /// <summary>How many edges each shape can do without.</summary>
    private readonly int[] _slack;

    public ShapeMatcher(Shape[] shapes, ShapeFrame frame, ValueConditions value)
    {
        _shapes = shapes;
        _frame = frame;
        _value = value;
        _slack = Array.ConvertAll(shapes, s => EdgeSlack.Of(s, frame.Check));
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
        var index = _shapeOf[anchor.Ordinal];
        var (shape, slack) = (_shapes[index], _slack[index]);
        var (start, end) = (anchor.Start, anchor.End);
        // A leading anchor is turned away before anything is read: that is what keeps floods inside one long run cheap.
        if ((slack == 0 && shape.AnchorIndex == 0 && !EdgeTest.Left(scan.Input.Bytes, start, _frame.Left))
            || !shape.TryMatch(ref scan.Input, ref start, ref end))
        {
            return;
        }

        var missing = Missing(scan.Input.Bytes, shape, (start, end));
        if (missing <= slack && (missing == 0 || _frame.Check != CheckKind.None || !EdgeSlack.IsBuried(scan.Input.Bytes, start, end)))
        {
            Judge(ref scan, anchor.Rule, shape, (start, end), missing > 0);
        }
    }

    /// <summary>How many edges do not hold; more than any slack for one that no shape can do without.</summary>
    private int Missing(ReadOnlySpan<byte> text, Shape shape, (int Start, int End) match)
    {
        const int Never = 3;
        var left = EdgeTest.Left(text, match.Start, _frame.Left) ? 0 : _frame.Left is Edge.Word or Edge.Strict ? 1 : Never;
        var right = EdgeTest.Right(text, match.End, _frame.Right, shape.Last) ? 0
            : _frame.Right is Edge.Word or Edge.Strict or Edge.Body && shape.IsFixed ? 1 : Never;
        return left + right;
    }

    private void Judge(ref RuleScan scan, int rule, Shape shape, (int Start, int End) match, bool isGlued)
    {
        var text = scan.Input.Bytes;
        var bodyStart = shape.BodyStart(in scan.Input, match.Start);
        var body = text[bodyStart..match.End];
        var (from, to) = shape.ValueOf(ref scan.Input, match, bodyStart);
        scan.Input.Work += (match.End - match.Start) * ValueConditions.CostPerByte + _frame.ContextCost;
        if (!_frame.InContext(text, match.Start, match.End) || !_value.Accept(text[from..to]) || (from != bodyStart && !_value.AllowPlaceholders && Placeholder.Stands(body)))
        {
            return;
        }

        scan.Input.Work += _frame.CheckCost;
        var proof = _frame.Prove(text[match.Start..match.End], body);
        if (!isGlued || (proof != Proof.Failed && EdgeSlack.LooksRandom(body)))
        {
            scan.Report(rule, new MatchedSpan(match.Start, match.End, proof));
        }
    }

    protected override void WriteBody(BinaryWriter writer)
    {
        writer.WriteFew(_shapes, static (to, shape) => shape.Write(to));
        _frame.Write(writer);
        _value.Write(writer);
    }

    public static ShapeMatcher ReadBody(BinaryReader reader) =>
        new(reader.ReadFew(Shape.Read), ShapeFrame.Read(reader), ValueConditions.Read(reader));
}

using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Detection.Secrets;

/// <summary>
/// Recognises a value that is shaped like many others by the vendor in its name: forty hex digits are a commit, and under
/// <c>DATADOG_APP_KEY</c> they are a key. The vendor's word is searched for; name, operator and value are read once, forwards.
/// </summary>
internal sealed class KeyedMatcher : RuleMatcher
{
    private readonly byte[][] _words;
    private readonly Shape[] _values;
    private readonly ShapeFrame _frame;
    private readonly ValueConditions _conditions;
    private readonly bool _alone;
    private readonly RuleLiteral[] _literals;

    public KeyedMatcher(byte[][] words, Shape[] values, ShapeFrame frame, ValueConditions conditions, bool alone)
    {
        (_words, _values, _frame, _conditions, _alone) = (words, values, frame, conditions, alone);
        _literals = [.. words.Select(w => new RuleLiteral(w, IgnoreCase: true))];
    }

    public override MatcherKind Kind => MatcherKind.Keyed;

    public override ReadOnlySpan<RuleLiteral> Literals => _literals;

    public override void Verify(ref RuleScan scan, in Anchor anchor)
    {
        var start = KeyedName.ValueStart(scan.Input.Bytes, anchor, _alone);
        if (start < 0)
        {
            return;
        }

        scan.Input.Work += KeyedName.MaxReach * 2;
        foreach (var value in _values)
        {
            var end = value.MatchFrom(ref scan.Input, start);
            if (end > start && EdgeTest.Right(scan.Input.Bytes, end, _frame.Right, value.Last))
            {
                Judge(ref scan, anchor.Rule, value, (start, end));
                return;
            }
        }
    }

    private void Judge(ref RuleScan scan, int rule, Shape value, (int Start, int End) match)
    {
        var text = scan.Input.Bytes;
        var body = text[value.BodyStart(in scan.Input, match.Start)..match.End];
        scan.Input.Work += (match.End - match.Start) * ValueConditions.CostPerByte;
        if (_conditions.Accept(body))
        {
            scan.Input.Work += _frame.CheckCost;
            scan.Report(rule, new MatchedSpan(match.Start, match.End, _frame.Prove(text[match.Start..match.End], body)));
        }
    }

    protected override void WriteBody(BinaryWriter writer)
    {
        writer.WriteStrings(_words);
        writer.WriteFew(_values, static (to, value) => value.Write(to));
        _frame.Write(writer);
        _conditions.Write(writer);
        writer.Write(_alone);
    }

    public static KeyedMatcher ReadBody(BinaryReader reader)
    {
        var words = reader.ReadStrings();
        var values = reader.ReadFew(Shape.Read);
        return new KeyedMatcher(words, values, ShapeFrame.Read(reader), ValueConditions.Read(reader), reader.ReadBoolean());
    }
}

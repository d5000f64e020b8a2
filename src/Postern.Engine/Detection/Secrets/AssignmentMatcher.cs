using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Detection.Secrets;

/// <summary>
/// Recognises a value by the word in front of it. The words ride on the literal search that runs anyway, so clean text pays nothing;
/// whether there is a finding is decided by the value: its alphabet, length and how random it is.
/// </summary>
internal sealed class AssignmentMatcher : RuleMatcher
{
    /// <summary>A value right behind its word, with no verb between: long enough to be no name of a thing.</summary>
    private const int MinBare = 20;

    private readonly RuleLiteral[] _literals;
    private readonly Alphabet _quoted;
    private readonly Alphabet _bare;

    public AssignmentMatcher(AssignmentName name, AssignmentValue value)
    {
        Name = name;
        Value = value;
        _quoted = value.Alphabet.Without("\"'`\\");
        _bare = value.Alphabet.Without("\"'`\\&;,<>(){}[]|");
        _literals = [.. name.Words.Select(w => new RuleLiteral(w, IgnoreCase: true))];
    }

    public AssignmentName Name { get; }

    public AssignmentValue Value { get; }

    public override MatcherKind Kind => MatcherKind.Assignment;

    public override ReadOnlySpan<RuleLiteral> Literals => _literals;

    public override void Verify(ref RuleScan scan, in Anchor anchor)
    {
        var text = scan.Input.Bytes;
        var nameEnd = Name.EndOf(text, anchor);
        if (nameEnd < 0)
        {
            return;
        }

        // The value first: prose that merely mentions the word is turned away at the byte behind it.
        var (start, end) = Value.Form switch
        {
            AssignmentForm.Near => FindNear(ref scan.Input, nameEnd),
            AssignmentForm.Told => FindTold(ref scan.Input, nameEnd),
            _ => FindAssigned(ref scan.Input, anchor.Start, nameEnd),
        };
        if (end - start < Value.Min || end - start > Value.Max || !Name.IsMeant(text, anchor.Start, Value.Form == AssignmentForm.Told))
        {
            return;
        }

        scan.Input.Work += (end - start) * ValueConditions.CostPerByte;
        if (Value.Conditions.Accept(text[start..end]))
        {
            scan.Report(anchor.Rule, new MatchedSpan(start, end, Proof.Generic));
        }
    }

    private (int Start, int End) FindAssigned(ref ScanInput input, int nameStart, int nameEnd)
    {
        var text = input.Bytes;
        var place = AssignmentSyntax.ValuePlace(text, nameStart, nameEnd);
        if (place.Start < 0)
        {
            return default;
        }

        var alphabet = place.Quote != 0 ? _quoted : _bare;
        var end = input.RunEnd(alphabet, place.Start, Value.Max + 1);
        return AssignmentSyntax.EndsValue(text, end, place.Quote) && !IsExpression(text[place.Start..end], place.Quote) ? (place.Start, end) : default;
    }

    /// <summary>A variable or a path anywhere, and without quotes a member access or a bare word, is code and not a value.</summary>
    private static bool IsExpression(ReadOnlySpan<byte> value, byte quote)
    {
        if (value.IsEmpty || value[0] == (byte)'=' || (quote == 0 && value[0] is (byte)'$' or (byte)'@') || (value[0] == (byte)'/' && value[1..].Contains((byte)'/') && !ValueRarity.IsRare(value)) || Placeholder.IsVariable(value))
        {
            return true;
        }

        return quote == 0
            && !value.ContainsAnyExcept(AssignmentSyntax.NameBytes)
            && (!value.ContainsAnyInRange((byte)'0', (byte)'9') || (value.Contains((byte)'.') && !ValueRarity.IsRare(value)));
    }

    private (int Start, int End) FindTold(ref ScanInput input, int nameEnd)
    {
        var text = input.Bytes;
        var place = Telling.Find(text, nameEnd);
        if (place.Start < 0)
        {
            return default;
        }

        var end = place.Start + text[place.Start..input.RunEnd(_bare, place.Start, Value.Max + 1)].TrimEnd(".:!?*"u8).Length;
        return place.IsBare && !IsDrawn(text[place.Start..end]) ? default : (place.Start, end);
    }

    /// <summary>Drawn by lot from letters of both cases and digits, and long: nothing has such a name.</summary>
    private static bool IsDrawn(ReadOnlySpan<byte> value) =>
        value.Length >= MinBare && value.ContainsAnyInRange((byte)'A', (byte)'Z') && value.ContainsAnyInRange((byte)'a', (byte)'z') && ValueRarity.IsRare(value);

    private (int Start, int End) FindNear(ref ScanInput input, int from)
    {
        var text = input.Bytes;
        var stop = Math.Min(text.Length, from + Value.Near);
        for (var at = from; at < stop;)
        {
            var end = input.RunEnd(_bare, at, Value.Max + 1);
            if (end - at >= Value.Min && end - at <= Value.Max && EdgeTest.Left(text, at, Edge.Word) && EdgeTest.Right(text, end, Edge.Word, _bare))
            {
                return (at, end);
            }

            at = Math.Max(end, at) + 1;
        }

        return default;
    }

    protected override void WriteBody(BinaryWriter writer)
    {
        Name.Write(writer);
        Value.Write(writer);
    }

    public static AssignmentMatcher ReadBody(BinaryReader reader) =>
        new(AssignmentName.Read(reader), AssignmentValue.Read(reader));
}

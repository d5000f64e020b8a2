using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Detection.Secrets;

/// <summary>
/// Recognises a value by the word in front of it. The words ride on the literal search that runs anyway, so clean text pays nothing;
/// whether there is a finding is decided by the value: its alphabet, length and how random it is.
/// </summary>
internal sealed class AssignmentMatcher : RuleMatcher
{
    /// <summary>Words of at least this length may be glued to what stands before them (<c>dbpassword</c>).</summary>
    private const int GlueableLength = 6;

    /// <summary>How far back words are sought that make a name harmless.</summary>
    private const int UnlessReach = 16;

    private readonly RuleLiteral[] _literals;
    private readonly Alphabet _quoted;
    private readonly Alphabet _bare;

    public AssignmentMatcher(byte[][] words, byte[][] unless, AssignmentValue value)
    {
        Words = words;
        Unless = unless;
        Value = value;
        _quoted = value.Alphabet.Without("\"'`\\");
        _bare = value.Alphabet.Without("\"'`\\&;,<>(){}[]|");
        _literals = [.. words.Select(w => new RuleLiteral(w, IgnoreCase: true))];
    }

    public byte[][] Words { get; }

    /// <summary>Lower-case words that, shortly before, make the name harmless: <c>next</c>token, <c>public</c>key.</summary>
    public byte[][] Unless { get; }

    public AssignmentValue Value { get; }

    public override MatcherKind Kind => MatcherKind.Assignment;

    public override ReadOnlySpan<RuleLiteral> Literals => _literals;

    public override void Verify(ref RuleScan scan, in Anchor anchor)
    {
        var text = scan.Input.Bytes;
        if (!StartsName(text, anchor))
        {
            return;
        }

        // The value first: prose that merely mentions the word is turned away at the byte behind it.
        var (start, end) = Value.Form == AssignmentForm.Near ? FindNear(ref scan.Input, anchor.End) : FindAssigned(ref scan.Input, anchor);
        if (end - start < Value.Min || end - start > Value.Max || IsHarmless(text, anchor.Start))
        {
            return;
        }

        scan.Input.Work += (end - start) * ValueConditions.CostPerByte;
        if (Value.Conditions.Accept(text[start..end]))
        {
            scan.Report(anchor.Rule, new MatchedSpan(start, end, Proof.Generic));
        }
    }

    /// <summary>A short word must begin a word of the name: <c>db_pass</c>, <c>dbPass</c>, not <c>compass</c>.</summary>
    private static bool StartsName(ReadOnlySpan<byte> text, in Anchor anchor)
    {
        if (anchor.Start == 0 || anchor.End - anchor.Start >= GlueableLength)
        {
            return true;
        }

        var (before, first) = ((char)text[anchor.Start - 1], (char)text[anchor.Start]);
        return !char.IsAsciiLetter(before) || (char.IsAsciiLetterLower(before) && char.IsAsciiLetterUpper(first));
    }

    private bool IsHarmless(ReadOnlySpan<byte> text, int start)
    {
        var before = text[Math.Max(0, start - UnlessReach)..start];
        foreach (var word in Unless)
        {
            if (Placeholder.Contains(before, word))
            {
                return true;
            }
        }

        return false;
    }

    private (int Start, int End) FindAssigned(ref ScanInput input, in Anchor anchor)
    {
        var text = input.Bytes;
        var place = AssignmentSyntax.ValuePlace(text, anchor.Start, anchor.End);
        if (place.Start < 0)
        {
            return default;
        }

        var alphabet = place.Quote != 0 ? _quoted : _bare;
        var end = input.RunEnd(alphabet, place.Start, Value.Max + 1);
        return AssignmentSyntax.EndsValue(text, end, place.Quote) && !IsExpression(text[place.Start..end], place.Quote) ? (place.Start, end) : default;
    }

    /// <summary>Without quotes, a variable, a member access or a bare word is code, not a value.</summary>
    private static bool IsExpression(ReadOnlySpan<byte> value, byte quote)
    {
        if (value.IsEmpty || value[0] is (byte)'$' or (byte)'*' or (byte)'@' or (byte)'=')
        {
            return true;
        }

        return quote == 0 && !value.ContainsAnyExcept(AssignmentSyntax.IdentifierBytes);
    }

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
        ByteStrings.Write(writer, Words);
        ByteStrings.Write(writer, Unless);
        Value.Write(writer);
    }

    public static AssignmentMatcher ReadBody(BinaryReader reader) =>
        new(ByteStrings.Read(reader), ByteStrings.Read(reader), AssignmentValue.Read(reader));
}

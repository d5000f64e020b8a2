using System.Text;
using Postern.Engine.Detection.Rules.Reading;
using Postern.Engine.Detection.Secrets;

namespace Postern.Engine.Detection.Rules.Compiling;

/// <summary>Compiles <c>assignment: {words, unless_before, unless_after, prefixed, value, near, told, …}</c>.</summary>
internal static class AssignmentCompiler
{
    private const int MaxNear = 256;

    public static AssignmentMatcher? Compile(MapReader body)
    {
        var words = body.Texts("words", required: true);
        var name = new AssignmentName
        {
            Words = Bytes(words),
            UnlessBefore = Bytes(body.Texts("unless_before")),
            UnlessAfter = Bytes(body.Texts("unless_after")),
            Prefixed = body.Flag("prefixed"),
        };
        var near = body.Whole("near", 0, 0, MaxNear);
        var told = body.Flag("told");
        var value = body.Text("value", required: true);
        var conditions = ConditionReader.Read(body);
        if (!words.TrueForAll(w => LiteralRules.IsSearchable(Encoding.UTF8.GetByteCount(w)) && !w.Any(char.IsUpper)))
        {
            body.Error(body.Node("words")!, "words are lower case; " + LiteralRules.Requirement);
            return null;
        }

        if (value.Length == 0 || ShapeParser.Parse(value, out _) is not [{ Kind: Shapes.ShapeElementKind.Run } run])
        {
            body.Error(body.Map, "'value' must be one run, such as base64url{16,64}");
            return null;
        }

        return new AssignmentMatcher(name, new AssignmentValue
        {
            Form = told ? AssignmentForm.Told : near > 0 ? AssignmentForm.Near : AssignmentForm.Operator,
            Near = near,
            Alphabet = run.Alphabet,
            Min = run.Min,
            Max = run.Max,
            Conditions = conditions,
        });
    }

    private static byte[][] Bytes(List<string> words) => [.. words.Select(Encoding.UTF8.GetBytes)];
}

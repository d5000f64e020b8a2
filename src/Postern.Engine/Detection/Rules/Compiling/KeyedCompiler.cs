using System.Text;
using Postern.Engine.Detection.Rules.Reading;
using Postern.Engine.Detection.Secrets;
using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Detection.Rules.Compiling;

/// <summary>Compiles <c>keyed: {words, value, alone, right, check, …}</c>.</summary>
internal static class KeyedCompiler
{
    public static KeyedMatcher? Compile(MapReader body)
    {
        var words = body.Texts("words", required: true);
        var notations = body.Texts("value", required: true);
        var frame = new ShapeFrame { Right = ShapeCompiler.ReadRight(body, Edge.Strict), Check = ShapeCompiler.ReadCheck(body) };
        var conditions = ConditionReader.Read(body);
        if (!words.TrueForAll(w => LiteralRules.IsSearchable(w.Length) && !w.Any(char.IsUpper)))
        {
            body.Error(body.Node("words")!, "words are lower case; " + LiteralRules.Requirement);
            return null;
        }

        var values = notations.Select(n => Build(body, n)).ToArray();
        return values.Length == 0 || Array.Exists(values, v => v is null)
            ? null
            : new KeyedMatcher([.. words.Select(Encoding.UTF8.GetBytes)], values!, frame, conditions, body.Flag("alone"));
    }

    private static Shape? Build(MapReader body, string notation)
    {
        var place = body.Node("value")!;
        if (ShapeParser.Parse(notation, out var why) is not { } elements)
        {
            body.Error(place, why);
            return null;
        }

        // Where the value begins is known, so nothing in it is searched for and it is read forwards only.
        if (ShapeAnchor.FindAmbiguity(elements, -1) is { } ambiguity)
        {
            body.Error(place, ambiguity);
            return null;
        }

        return new Shape(elements, 0);
    }
}

using System.Text;
using Postern.Engine.Detection.Rules.Reading;
using Postern.Engine.Detection.Shapes;
using Postern.Engine.Detection.Shapes.Checks;

namespace Postern.Engine.Detection.Rules.Compiling;

/// <summary>Compiles <c>shape: {match, left, right, check, context, within, …}</c>.</summary>
internal static class ShapeCompiler
{
    /// <summary>A run that is searched for instead of a literal must be at least so long.</summary>
    private const int MinRun = 3;

    private static readonly CheckKind[] s_checks = Enum.GetValues<CheckKind>()[1..];

    public static ShapeMatcher? Compile(MapReader body)
    {
        var notations = body.Texts("match", required: true);
        var frame = new ShapeFrame
        {
            Left = body.Choice("left", Enum.GetValues<Edge>(), Edge.Word),
            Right = ReadRight(body, Edge.Word),
            Check = ReadCheck(body),
            Context = [.. body.Texts("context").Select(Encoding.ASCII.GetBytes)],
            Within = body.Whole("within", 64, 1, 1024),
        };
        var value = ConditionReader.Read(body);
        var shapes = notations.Select(n => Build(body, n)).ToArray();
        return shapes.Length == 0 || Array.Exists(shapes, s => s is null) ? null : new ShapeMatcher(shapes!, frame, value);
    }

    public static Edge ReadRight(MapReader body, Edge fallback) => body.Choice("right", Enum.GetValues<Edge>(), fallback);

    public static CheckKind ReadCheck(MapReader body) => body.Choice("check", s_checks, CheckKind.None);

    private static Shape? Build(MapReader body, string notation)
    {
        var place = body.Node("match")!;
        if (ShapeParser.Parse(notation, out var why) is not { } elements)
        {
            body.Error(place, why);
            return null;
        }

        var anchor = ShapeAnchor.Choose(elements, MinRun);
        if (anchor < 0)
        {
            body.Error(place, $"nothing to search for: a literal of {LiteralRules.MinLength} bytes or a run of {MinRun} with a different alphabet around it is needed");
            return null;
        }

        if (ShapeAnchor.FindAmbiguity(elements, anchor) is { } ambiguity)
        {
            body.Error(place, ambiguity);
            return null;
        }

        return new Shape(elements, anchor);
    }
}

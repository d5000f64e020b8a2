using System.Text;
using Postern.Engine.Detection.Matching;

namespace Postern.Engine.Tests.Detection.Matching;

/// <summary>Words the matcher tests share.</summary>
internal static class Matching
{
    /// <summary>Every width this machine has; the scalar path is always there.</summary>
    public static IEnumerable<ScanWidth> Widths => Enum.GetValues<ScanWidth>().Where(LayoutChoice.IsFast);

    public static Literal Exact(int id, string text) => new(id, Encoding.Latin1.GetBytes(text), IgnoreCase: false);

    public static Literal Folded(int id, string text) => new(id, Encoding.Latin1.GetBytes(text), IgnoreCase: true);

    public static List<(int Start, int Id)> Scan(LiteralMatcher matcher, ReadOnlySpan<byte> text)
    {
        var recorder = new HitRecorder();
        matcher.Scan(text, ref recorder);
        return recorder.Hits;
    }

    /// <summary>Holds every width to the specification; the layouts take turns.</summary>
    public static void AssertAgreesWithNaive(LiteralMatcher matcher, Literal[] literals, byte[] text)
    {
        var wanted = NaiveMatcher.Scan(literals, text);
        foreach (var width in Widths)
        {
            var layouts = matcher.Table.Layouts;
            var found = Scan(matcher.At(width, layouts[text.Length % layouts.Length]), text);
            Assert.True(wanted.SequenceEqual(found), $"{width}, {text.Length} bytes: {Difference(wanted, found)}; text {Convert.ToHexString(text)}");
        }
    }

    private static string Difference(List<(int Start, int Id)> wanted, List<(int Start, int Id)> found) =>
        $"missing [{string.Join(' ', wanted.Except(found).Take(5))}], surplus [{string.Join(' ', found.Except(wanted).Take(5))}], {wanted.Count} wanted, {found.Count} found";
}

using System.Globalization;

namespace Postern.Program.Reports;

/// <summary>Pictures of numbers, as SVG inside the page. Colours come from the style sheet, so that they follow the reader's theme.</summary>
internal static class Charts
{
    private const int Width = 1000;
    private const int Height = 170;
    private const int Floor = 145;

    /// <summary>Rulings over time, stacked.</summary>
    public static void Timeline(Html html, Timeline timeline)
    {
        var steps = timeline.Steps.ToList();
        var most = Math.Max(1, steps.Max(static step => step.Tally.All));
        var wide = (double)Width / Math.Max(steps.Count, 12);
        html.Element("svg", [("viewBox", $"0 0 {Width} {Height}"), ("role", "img"), ("aria-label", $"Rulings over time, {steps.Count} steps of {LengthOf(timeline.Step)}, at most {most} in one")], () =>
        {
            for (var i = 0; i < steps.Count; i++)
            {
                var (start, tally) = steps[i];
                html.Element("g", [], () =>
                {
                    html.Text("title", $"{TimeOf(start)}: {tally.Passed} passed, {tally.Edited} edited, {tally.Refused} refused");
                    var top = (double)Floor;
                    foreach (var (count, style) in ((long, string)[])[(tally.Passed, "bar-passed"), (tally.Edited, "bar-edited"), (tally.Refused, "bar-refused")])
                    {
                        // One refusal among thousands must be seen all the same.
                        var tall = count == 0 ? 0 : Math.Max(3, count * 125.0 / most);
                        top -= tall;
                        Rectangle(html, style, (i * wide) + 1, Math.Max(0, top), (wide - 2, tall));
                    }
                });
            }

            Rectangle(html, "track", 0, Floor, (Width, 1));
            Label(html, 0, "start", TimeOf(steps[0].Start));
            Label(html, Width, "end", TimeOf(steps[^1].Start + timeline.Step));
        });
    }

    /// <summary>One bar of a part of a whole.</summary>
    public static void Bar(Html html, string label, long count, (long Part, long Most) of) => html.Element("svg", [("viewBox", "0 0 200 12"), ("role", "img"), ("aria-label", label)], () =>
    {
        Rectangle(html, "track", 0, 2, (200, 8));
        Rectangle(html, "bar-edited", 0, 2, (count == 0 ? 0 : Math.Max(2, 200.0 * count / of.Most), 8));
        Rectangle(html, "bar-refused", 0, 2, (of.Part == 0 ? 0 : Math.Max(2, 200.0 * of.Part / of.Most), 8));
    });

    /// <summary>One bar of a share, 0 to 1: the more the better.</summary>
    public static void Share(Html html, string label, double share) => html.Element("svg", [("viewBox", "0 0 200 12"), ("role", "img"), ("aria-label", label)], () =>
    {
        Rectangle(html, "track", 0, 2, (200, 8));
        Rectangle(html, "bar-passed", 0, 2, (200 * share, 8));
    });

    /// <summary>What a colour means.</summary>
    public static void Key(Html html, string style, string meaning) => html.Element("span", [], () =>
    {
        html.Element("svg", [("viewBox", "0 0 10 10"), ("aria-hidden", "true")], () => Rectangle(html, style, 0, 0, (10, 10)));
        html.Text(meaning);
    });

    /// <summary>A time as reports write it.</summary>
    public static string TimeOf(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>The length of a step in words.</summary>
    public static string LengthOf(TimeSpan step) => step switch
    {
        { TotalDays: >= 1 } => Plural(step.TotalDays, "day"),
        { TotalHours: >= 1 } => Plural(step.TotalHours, "hour"),
        { TotalMinutes: >= 1 } => Plural(step.TotalMinutes, "minute"),
        _ => Plural(step.TotalSeconds, "second"),
    };

    private static string Plural(double count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{count:0.#} {unit}{(count is 1 ? "" : "s")}");

    private static void Label(Html html, int x, string anchor, string text) =>
        html.Element("text", [("x", Number(x)), ("y", Number(Height - 8)), ("text-anchor", anchor)], () => html.Text(text));

    private static void Rectangle(Html html, string style, double x, double y, (double Width, double Height) size) =>
        html.Element("rect", [("class", style), ("x", Number(x)), ("y", Number(y)), ("width", Number(size.Width)), ("height", Number(size.Height))], static () => { });

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

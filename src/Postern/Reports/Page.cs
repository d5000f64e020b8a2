using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Postern.Program.Reports;

/// <summary>A page for people: one file without scripts, which prints, in the reader's own theme.</summary>
internal sealed class Page
{
    private const int MaxRows = 25;

    private static readonly string[] s_numbers = ["rulings", "findings", "passed", "edited", "refused", "attacks", "caught", "twins stopped", "points", "of", "evidenced", "partly", "not evidenced"];

    private Page()
    {
    }

    /// <summary>What is written.</summary>
    public Html Html { get; } = new();

    /// <summary>Writes a page.</summary>
    /// <param name="title">What the window is called.</param>
    /// <param name="body">Writes what stands on it.</param>
    public static byte[] Write(string title, Action<Page> body)
    {
        var page = new Page();
        page.Html.Element("html", [("lang", "en")], () =>
        {
            page.Head(title);
            page.Html.Element("body", [], () => body(page));
        });
        return page.Html.ToBytes();
    }

    /// <summary>Writes what stands at the top.</summary>
    public void Header(string title, params string[] lines) => Html.Element("header", [], () =>
    {
        Html.Text("h1", title);
        Array.ForEach(lines, line => Html.Text("p", line));
    });

    /// <summary>Writes a card.</summary>
    /// <param name="title">Its heading; empty for none.</param>
    /// <param name="style">Its classes; empty for none.</param>
    /// <param name="content">Writes what stands in it.</param>
    public void Section(string title, string style, Action content) => Html.Element("section", style.Length == 0 ? [] : [("class", style)], () =>
    {
        if (title.Length > 0)
        {
            Html.Text("h2", title);
        }

        content();
    });

    /// <summary>Writes numbers with their names.</summary>
    public void Numbers(string title, params (string Name, string Value)[] numbers) => Section(title, "", () => Html.Element("dl", [], () =>
        Array.ForEach(numbers, number => Html.Element("div", [], () => Html.Text("dt", number.Name).Text("dd", number.Value)))));

    /// <summary>Writes a card with a table; nothing when it has no rows.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="heads">The names of the columns; those of numbers stand to the right.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="row">Writes the cells of one.</param>
    /// <param name="most">How many are shown.</param>
    public void Table<T>(string title, string[] heads, IReadOnlyList<T> rows, Action<T> row, int most = MaxRows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        Section(title, "long", () =>
        {
            Html.Element("div", [("class", "table")], () => Html.Element("table", [], () =>
            {
                Html.Element("thead", [], () => Html.Element("tr", [], () => Array.ForEach(heads, head => Html.Text("th", head, s_numbers.Contains(head) ? "number" : ""))));
                Html.Element("tbody", [], () => Array.ForEach([.. rows.Take(most)], one => Html.Element("tr", [], () => row(one))));
            }));
            if (rows.Count > most)
            {
                Html.Text("p", $"and {rows.Count - most} more; the JSON has all", "dim");
            }
        });
    }

    /// <summary>Writes a cell.</summary>
    public Page Cell(string text, string style = "")
    {
        Html.Text("td", Terminal.Plain(text), style);
        return this;
    }

    /// <summary>Writes a cell with a name of the program's.</summary>
    public Page Code(string text)
    {
        Html.Element("td", [], () => Html.Text("code", Terminal.Plain(text)));
        return this;
    }

    /// <summary>Writes a cell with a number.</summary>
    public Page Number(long number) => Cell(Count(number), "number");

    /// <summary>A number as pages write it.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private void Head(string title)
    {
        var sheet = SheetText();
        Html.Element("head", [], () =>
        {
            Html.Element("meta", [("charset", "utf-8")], null).Element("meta", [("name", "viewport"), ("content", "width=device-width, initial-scale=1")], null);
            // The page itself says that nothing in it may run, or be fetched.
            Html.Element("meta", [("http-equiv", "Content-Security-Policy"), ("content", $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(sheet)))}'")], null);
            Html.Text("title", title).Style(sheet);
        });
    }

    private static string SheetText()
    {
        using var stream = typeof(Page).Assembly.GetManifestResourceStream("report.css") ?? throw new InvalidOperationException("The style sheet is part of the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

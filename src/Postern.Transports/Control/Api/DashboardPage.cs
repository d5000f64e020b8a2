using Postern.Transports.Http;

namespace Postern.Transports.Control.Api;

/// <summary>The dashboard: one page, its style and its script, from this assembly and from nowhere else. They hold nothing; what they show they ask the API for, with the operator's token.</summary>
internal static class DashboardPage
{
    // Only what lies here runs and styles, nothing is embedded anywhere, and nothing is sent anywhere but here.
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    private static readonly Dictionary<string, Lazy<Reply>> s_files = new(StringComparer.Ordinal)
    {
        ["/"] = Load("index.html", "text/html; charset=utf-8"),
        ["/dashboard.css"] = Load("dashboard.css", "text/css; charset=utf-8"),
        ["/dashboard.js"] = Load("dashboard.js", "text/javascript; charset=utf-8"),
        ["/icon.svg"] = Load("icon.svg", "image/svg+xml"),
    };

    /// <summary>The file at a path; null when there is none.</summary>
    public static Reply? Find(string path) => s_files.GetValueOrDefault(path)?.Value;

    private static Lazy<Reply> Load(string name, string type) => new(() =>
    {
        using var source = typeof(DashboardPage).Assembly.GetManifestResourceStream("dashboard/" + name)!;
        var bytes = new byte[source.Length];
        source.ReadExactly(bytes);
        return Reply.Own(200, type, bytes).With("Content-Security-Policy", Policy);
    });
}

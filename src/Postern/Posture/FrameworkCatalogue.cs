using Postern.Engine.Yaml;

namespace Postern.Program.Posture;

/// <summary>The frameworks, from the files that are embedded.</summary>
internal static class FrameworkCatalogue
{
    /// <summary>All of them, in the order of their names.</summary>
    public static IReadOnlyList<Framework> All => field ??= [.. PostureFile.Read("Postern.frameworks.").Select(FrameworkOf)];

    /// <summary>A page that says what is claimed of each control, and on what ground.</summary>
    public static void WritePage(Framework framework, TextWriter to)
    {
        to.WriteLine($"# {framework.Title}, {framework.Version}\n");
        to.WriteLine($"Written by `postern assess coverage {framework.Name}`; do not edit. What a claim rests on is a scenario of `postern simulate` (`dlp.*` is every one of a category) or a test; a");
        to.WriteLine("claim says what Postern is built for, `postern assess` what your configuration was seen to do.\n");
        to.WriteLine("| | Threat or control | Claim | Scenarios and tests | What is left out |\n|---|---|---|---|---|");
        foreach (var control in framework.Controls)
        {
            var grounds = control.Scenarios.Select(static id => id.EndsWith('.') ? $"`{id}*`" : $"`{id}`").Concat(control.Tests.Select(static test => $"`{test}`"));
            to.WriteLine($"| {control.Id} | {control.Title} | {control.Scope} | {string.Join(", ", grounds)} | {control.Note} |");
        }
    }

    private static Framework FrameworkOf(YamlNode root) => new(
        root.TextOf("framework"), root.TextOf("title"), root.TextOf("version"), [.. root.ItemsOf("controls").Select(ControlOf)]);

    private static FrameworkControl ControlOf(YamlNode node) => new(node.TextOf("id"), node.TextOf("title"), node.TextOf("scope"))
    {
        Scenarios = [.. node.ItemsOf("scenarios").Select(static item => item.Text)],
        Tests = [.. node.ItemsOf("tests").Select(static item => item.Text)],
        Note = node.TextOf("note"),
    };
}

using System.Text;
using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration;

/// <summary>Writes <c>docs/configuration.md</c> from the schema, so that the page cannot say something else than the program.</summary>
public static class ConfigReference
{
    private const string Introduction = """
        # Configuration

        Generated from the schema by `ConfigReferenceTests` (`POSTERN_UPDATE_DOCS=1` rewrites it); do not edit.

        * One YAML file. Every key is optional; an empty file means the defaults below. A key without a value means its default too.
        * Unknown keys, duplicate keys, wrong types and values out of range are errors with line and column, all of them at once.
          Anchors, aliases and tags are refused, and so are files over 1 MiB of characters, nesting over 16 levels and second documents.
        * 0 means what it says: where the table gives it a meaning it has that meaning, elsewhere it is an error.
        * Lists replace their default. Order and repetition in lists mean nothing.
        * *Caution* says which change weakens protection. A reload announces such changes; in mode strict it is refused.
        * *Restart* marks keys that a running program keeps until it starts again.
        * Relative paths start at the directory of the file.

        """;

    private const string HashChapter = """
        ## The policy hash

        SHA-256, in lower-case hexadecimal, over UTF-8: the line `postern-config-v1`, a line feed, and RFC 8785 JSON of the whole
        configuration with every default resolved and the keys above. Lists of texts are sorted by code unit and lists of sections
        by name without regard to case; durations are whole seconds; ports and ranges of ports are strings. Left out are secrets
        and the keys marked *no policy* below, which say where or how and not what is allowed:

        """;

    /// <summary>The page as Markdown with line feeds.</summary>
    public static string Markdown()
    {
        var page = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        foreach (var (parent, schema) in Sections())
        {
            var keys = ConfigKeys.All.Where(key => key.Parent == parent).ToArray();
            page.Append('\n').Append(parent.Length == 0 ? "## Top level" : $"## `{parent}`").Append("\n\n").Append(schema.Doc).Append("\n\n");
            page.Append("| Key | Type | Accepted | Default | Meaning |\n|---|---|---|---|---|\n");
            foreach (var key in keys)
            {
                AppendRow(page, key);
            }
        }

        AppendHashChapter(page);
        AppendRetired(page);
        return page.ToString();
    }

    private static IEnumerable<(string Path, SectionSchema Schema)> Sections() =>
        ConfigKeys.All.Select(key => key.Setting.Kind switch
        {
            SectionKind nested => (key.Path, nested.Schema),
            ItemsKind items => (key.Path + "[]", items.Schema),
            _ => ("", PosternConfig.Schema),
        }).Prepend(("", PosternConfig.Schema)).DistinctBy(section => section.Item1);

    private static void AppendRow(StringBuilder page, ConfigKey key)
    {
        var (setting, kind) = (key.Setting, key.Setting.Kind);
        var type = kind.Unit.Length == 0 ? kind.Name : $"{kind.Name}, {kind.Unit}";
        var meaning = new StringBuilder(setting.Doc);
        if (setting.Weakens != Weakens.Never)
        {
            meaning.Append(" *Caution:* ").Append(kind.Describe(setting.Weakens)).Append('.');
        }

        meaning.Append(setting.NeedsRestart ? " *Restart.*" : "");
        string[] cells = [$"`{setting.Key}`", type, kind.Range, Default(key), meaning.ToString()];
        page.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
    }

    private static string Default(ConfigKey key) => key.Setting switch
    {
        { IsRequired: true } => "required",
        { Kind: SectionKind } => "",
        var setting => $"`{setting.Kind.Show(key.Default)}`",
    };

    private static void AppendHashChapter(StringBuilder page)
    {
        page.Append('\n').Append(HashChapter.ReplaceLineEndings("\n")).Append('\n');
        var outside = ConfigKeys.All.Where(key => key.Setting.IsOutsidePolicy).Select(key => $"`{key.Path}`");
        page.Append("*No policy:* ").AppendJoin(", ", outside).Append(".\n\n");
        page.Append("The hash of the defaults is `").Append(ConfigHash.Of(PosternConfig.Default)).Append("`.\n");
    }

    private static void AppendRetired(StringBuilder page)
    {
        page.Append("\n## Keys that are refused with advice\n\n");
        foreach (var path in RetiredKeys.All)
        {
            page.Append("* `").Append(path).Append("`: ").Append(RetiredKeys.Find(path)).Append('\n');
        }
    }
}

using Postern.Engine.Configuration;
using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Tests.Configuration;

public sealed class ConfigReferenceTests
{
    [Fact]
    public void The_page_in_docs_is_what_the_schema_says()
    {
        var path = Repository.PathOf("docs/configuration.md");
        if (Environment.GetEnvironmentVariable("POSTERN_UPDATE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, ConfigReference.Markdown());
        }

        Assert.True(File.ReadAllText(path) == ConfigReference.Markdown(), "docs/configuration.md is stale: run the tests once with POSTERN_UPDATE_DOCS=1");
    }

    [Fact]
    public void Every_key_is_documented_with_a_sentence()
    {
        Assert.All(ConfigKeys.All, key =>
        {
            Assert.EndsWith(".", key.Setting.Doc, StringComparison.Ordinal);
            Assert.True(char.IsUpper(key.Setting.Doc[0]) || key.Setting.Doc[0] == '/' || char.IsLower(key.Setting.Doc[0]));
        });
    }
}

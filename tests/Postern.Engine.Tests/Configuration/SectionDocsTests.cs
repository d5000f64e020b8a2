using System.Text.RegularExpressions;
using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Tests.Configuration;

/// <summary>A key's text stands in the schema and, for people who read C#, before the record. Both must say the same.</summary>
public sealed class SectionDocsTests
{
    [Fact]
    public void Every_parameter_is_documented_with_the_beginning_of_its_key()
    {
        var sources = Directory.GetFiles(Repository.PathOf("src/Postern.Engine/Configuration/Sections"), "*.cs")
            .Append(Repository.PathOf("src/Postern.Engine/Configuration/PosternConfig.cs"));
        var documented = sources.Select(File.ReadAllText).Where(source => source.Contains("SectionSchema Schema", StringComparison.Ordinal)).Sum(source =>
        {
            var parameters = Regex.Matches(source, "<param name=\"(\\w+)\">(.+)</param>").ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
            var fields = Regex.Matches(source, "with \\{ (\\w+) = .*\\n\\s+\"(.+)\"\\)");
            Assert.Equal(parameters.Count, fields.Count);
            Assert.All(fields, field => Assert.StartsWith(
                parameters[field.Groups[1].Value].TrimEnd('.'),
                field.Groups[2].Value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal),
                StringComparison.Ordinal));
            return fields.Count;
        });

        Assert.Equal(ConfigKeys.All.Count, documented);
    }
}

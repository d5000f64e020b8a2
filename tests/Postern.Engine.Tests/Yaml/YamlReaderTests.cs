using System.Diagnostics;
using Postern.Engine.Yaml;

namespace Postern.Engine.Tests.Yaml;

public sealed class YamlReaderTests
{
    [Fact]
    public void Knows_the_place_of_every_node()
    {
        var root = YamlReader.Read("a: 1\nb:\n  - x\n  - { c: \"y\" }\n").Root!;

        Assert.Equal(["a", "b"], root.Entries.Select(entry => entry.Key.Text));
        Assert.Equal((1, 4), (root.Find("a")!.Line, root.Find("a")!.Column));
        var list = root.Find("b")!;
        Assert.Equal((YamlKind.Sequence, 3, 3), (list.Kind, list.Line, list.Column));
        Assert.Equal((4, 10), (list.Items[1].Find("c")!.Line, list.Items[1].Find("c")!.Column));
    }

    [Theory]
    [InlineData("~", (int)YamlScalarType.Null)]
    [InlineData("null", (int)YamlScalarType.Null)]
    [InlineData("true", (int)YamlScalarType.Flag)]
    [InlineData("FALSE", (int)YamlScalarType.Flag)]
    [InlineData("yes", (int)YamlScalarType.Text)]
    [InlineData("off", (int)YamlScalarType.Text)]
    [InlineData("12", (int)YamlScalarType.Whole)]
    [InlineData("-0", (int)YamlScalarType.Whole)]
    [InlineData("+7", (int)YamlScalarType.Whole)]
    [InlineData("1.5", (int)YamlScalarType.Decimal)]
    [InlineData(".5e3", (int)YamlScalarType.Decimal)]
    [InlineData("0x1f", (int)YamlScalarType.Text)]
    [InlineData("1_000", (int)YamlScalarType.Text)]
    [InlineData(".inf", (int)YamlScalarType.Text)]
    [InlineData("1.2.3", (int)YamlScalarType.Text)]
    [InlineData("12a", (int)YamlScalarType.Text)]
    [InlineData("-", (int)YamlScalarType.Text)]
    [InlineData("+", (int)YamlScalarType.Text)]
    [InlineData("'12'", (int)YamlScalarType.Text)]
    [InlineData("\"true\"", (int)YamlScalarType.Text)]
    [InlineData("\"\"", (int)YamlScalarType.Text)]
    public void Types_a_scalar_by_the_core_schema(string yaml, int type) =>
        Assert.Equal((YamlScalarType)type, YamlReader.Read($"[{(yaml is "-" or "+" ? $"a, {yaml}b" : yaml)}]").Root!.Items[^1].Type);

    [Theory]
    [InlineData("a: &x 1", 1, 4, "anchors")]
    [InlineData("&x a: 1", 1, 1, "anchors")]
    [InlineData("a: *x", 1, 4, "aliases")]
    [InlineData("a: !!str 1", 1, 4, "tags")]
    [InlineData("a: !secret x", 1, 4, "tags")]
    [InlineData("a: 1\n---\nb: 2", 2, 1, "second document")]
    [InlineData("a: 1\nb: 2\na: 3", 3, 1, "'a' is given twice; the first one is in line 1")]
    [InlineData("{a: 1, \"a\": 2}", 1, 8, "given twice")]
    [InlineData("a: {b: 1, b: 2}", 1, 11, "given twice")]
    [InlineData("[1]: 2", 1, 1, "single word")]
    [InlineData("a: [1", 2, 1, "not valid YAML")]
    [InlineData("a: 1\n b: 2", 2, 3, "not valid YAML")]
    [InlineData("a: \"\\q\"", 1, 4, "not valid YAML")]
    [InlineData("a:\n  c: 1\n \tb: 1", 3, 2, "not with tabs")]
    public void Refuses_what_it_does_not_read(string yaml, int line, int column, string message)
    {
        var document = YamlReader.Read(yaml);
        Assert.Contains(message, document.Faults[0].Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (document.Faults[0].Line, document.Faults[0].Column));
    }

    [Fact]
    public void Reads_on_after_a_fault_that_does_not_break_the_structure() =>
        Assert.Equal([1, 2, 3], YamlReader.Read("a: &x 1\na: 2\nb: !!int 3\n").Faults.Select(fault => fault.Line));

    [Fact]
    public void Merge_keys_are_ordinary_unknown_keys() =>
        Assert.Equal("<<", YamlReader.Read("<<: {a: 1}").Root!.Entries[0].Key.Text);

    [Fact]
    public void Accepts_the_deepest_nesting_and_refuses_one_more()
    {
        Assert.NotNull(YamlReader.Read(new string('[', YamlReader.MaxDepth) + new string(']', YamlReader.MaxDepth)).Root);
        var deeper = YamlReader.Read(new string('[', YamlReader.MaxDepth + 1) + new string(']', YamlReader.MaxDepth + 1));
        Assert.Contains("nested deeper", Assert.Single(deeper.Faults).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> Floods => new(
        "[", "{", "[\n", "{a: ", "- ", "? ", "a: [", "\"", "'", "a: ", "a: b\n", "&a ", "*a ", "!a ", "|\n", "- - \n", "#", "%", "%YAML 1.2\n",
        "---\n", "...\n", "a:\n", ":", ", ", "\\", "é", "😀", "\t", "[]", "- *a\n", "&a a: *a\n", "!!b c: d\n");

    [Theory]
    [MemberData(nameof(Floods))]
    public void A_mebibyte_of_one_thing_is_answered_quickly(string piece)
    {
        var yaml = string.Concat(Enumerable.Repeat(piece, YamlReader.MaxCharacters / piece.Length));
        var clock = Stopwatch.StartNew();

        var document = YamlReader.Read(yaml);

        // Generous: the point is that nothing is quadratic. A million characters squared would take hours.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"took {clock.Elapsed}");
        Assert.True(document.Root is not null || document.Faults.Count is > 0 and <= 60 || piece is "#" or "\t" or "...\n");
    }

    [Fact]
    public void Ever_deeper_indentation_is_answered_quickly()
    {
        var yaml = string.Concat(Enumerable.Range(0, 1400).Select(depth => $"{new string(' ', depth)}a:\n"));
        Assert.Contains("nested deeper", YamlReader.Read(yaml).Faults[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_text_that_is_too_long_without_reading_it()
    {
        var document = YamlReader.Read(new string('[', YamlReader.MaxCharacters + 1));
        Assert.Contains("longer than", Assert.Single(document.Faults).Message, StringComparison.Ordinal);
    }
}

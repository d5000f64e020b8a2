using System.Text;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Views;

public sealed class JsonViewTests
{
    [Theory]
    [InlineData("""{"a":"b","c":{"d":["e",1,-2.5e+3,true,null]}}""", "a\nb\nc\nd\ne\n1\n-2.5e+3\n")]
    [InlineData("""["\u0041\n\"\\\/\ud83d\ude00"]""", "A\n\"\\/\U0001F600\n")]
    [InlineData("""["\ud800x"]""", "\uFFFDx\n")]
    [InlineData(" \t\r\n\"x\" ", "x\n")]
    [InlineData("\uFEFF[\"x\"]", "x\n")]
    [InlineData("""{"é":"ü"}""", "é\nü\n")]
    public void Shows_keys_and_leaves_in_document_order(string json, string expected)
    {
        var seen = Seen.Json(json);
        Assert.Equal(expected, Assert.Single(seen.Of("raw>json")).Text);
        Assert.Empty(seen.Misses);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{a:1}")]
    [InlineData("{'a':1}")]
    [InlineData("[1]]")]
    [InlineData("[1 2]")]
    [InlineData("[1}")]
    [InlineData("{\"a\":1]")]
    [InlineData("\"abc")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"\\x41\"")]
    [InlineData("\"\\u12G4\"")]
    [InlineData("\"\\")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("1e")]
    [InlineData("+1")]
    [InlineData("-")]
    [InlineData("tru")]
    [InlineData("nulll")]
    [InlineData("True")]
    [InlineData("NaN")]
    [InlineData("// c\n1")]
    [InlineData(" ")]
    [InlineData("{\"a\":1}{\"b\":2}")]
    public void Reports_malformed_text(string json) => Assert.Equal(Shortfall.MalformedJson, Assert.Single(Seen.Json(json).Misses).Why);

    [Theory]
    [InlineData("""{"a":1,"a":2}""", 7)]
    [InlineData("""{"a":1,"\u0061":2}""", 7)]
    [InlineData("""[{"x":{"k":1,"b":2,"k":3}}]""", 19)]
    [InlineData("""{"":1,"":2}""", 6)]
    public void Reports_keys_that_are_equal_once_unescaped(string json, int offset) =>
        Assert.Equal((Shortfall.DuplicateKey, offset), Assert.Single(Seen.Json(json).Misses));

    [Theory]
    [InlineData("""{"a":{"a":1},"b":{"a":2}}""")]
    [InlineData("""[{"a":1},{"a":1}]""")]
    [InlineData("""{"a":"b","b":"a","ab":"","A":1}""")]
    public void Accepts_equal_keys_of_different_objects(string json) => Assert.Empty(Seen.Json(json).Misses);

    [Fact]
    public void Finds_the_one_duplicate_among_many_keys()
    {
        var keys = string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"k{i}\":{i}"));
        Assert.Empty(Seen.Json("{" + keys + "}").Misses);
        Assert.Equal(Shortfall.DuplicateKey, Assert.Single(Seen.Json("{" + keys + ",\"k2500\":0}").Misses).Why);
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(100_000, false)]
    public void Reports_nesting_beyond_the_bound(int depth, bool accepted)
    {
        var seen = Seen.Json(new string('[', depth) + new string(']', depth));
        Assert.Equal(accepted, seen.Misses.Count == 0);
        Assert.All(seen.Misses, m => Assert.Equal(Shortfall.TooDeep, m.Why));
    }

    [Theory]
    [InlineData(new byte[] { (byte)'"', 0xC3, (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', 0xED, 0xA0, 0x80, (byte)'"' })]
    [InlineData(new byte[] { (byte)'"', 0xC0, 0x80, (byte)'"' })]
    public void Reports_bytes_that_are_not_UTF8(byte[] json) =>
        Assert.Equal(Shortfall.InvalidUtf8, Assert.Single(new Seen(json, ContentKind.Json).Misses).Why);

    [Fact]
    public void Shows_what_malformed_text_holds_all_the_same() =>
        Assert.True(Seen.Json("""{"a":"s\u0065cret", oops""").Shows("secret"));

    [Fact]
    public void Refuses_every_proper_prefix_of_an_object()
    {
        var json = """{"a":[1,"\u0062\n",{"c":null}],"d":-1.5e3}""";
        for (var length = 1; length < json.Length; length++)
        {
            Assert.Single(Seen.Json(json[..length]).Misses);
        }
    }

    [Fact]
    public void Reads_a_window_that_begins_and_ends_anywhere()
    {
        var json = """{"list":["plain","s\u0065cret \"quoted\"","end"]}""";
        for (var start = 0; start < 18; start++)
        {
            var seen = new Seen(Encoding.UTF8.GetBytes(json[start..^3]), ContentKind.Json, whole: false);
            Assert.True(seen.Shows("secret \"quoted\""));
            Assert.Empty(seen.Misses);
        }
    }

    [Theory]
    [InlineData("""{"a":"x","b":[1,{"c d":"HERE"}]}""", "$.b[1].c d")]
    [InlineData("""{"a":"x","b":["y","HERE"]}""", "$.b[1]")]
    [InlineData("""{"a":{"b":1},"c":"HERE"}""", "$.c")]
    [InlineData("""{"a":{"HERE":1}}""", "$.a (key)")]
    [InlineData("""["\"[{","HERE"]""", "$[1]")]
    public void Names_the_leaf_at_an_offset(string json, string path) =>
        Assert.Equal(path, Seen.Json(json).Describe(json.IndexOf("HERE", StringComparison.Ordinal) + 2));

    [Fact]
    public void Never_names_a_long_key()
    {
        var json = "{\"" + new string('k', 60) + "\":\"HERE\"}";
        Assert.Equal("$.…", Seen.Json(json).Describe(json.IndexOf("HERE", StringComparison.Ordinal)));
    }
}

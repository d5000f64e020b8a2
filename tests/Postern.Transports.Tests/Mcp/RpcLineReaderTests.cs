using System.Text;
using Postern.Transports.Mcp;

namespace Postern.Transports.Tests.Mcp;

public sealed class RpcLineReaderTests
{
    private const int Bound = 60;

    [Fact]
    public void Gives_the_same_lines_however_they_arrive()
    {
        var input = Encoding.UTF8.GetBytes("{\"a\":\"größe\"}\r\n\n  \t{\"b\":2} \n" + Long(7) + "\n{\"c\":3}\n{\"half");
        string[] expected = ["{\"a\":\"größe\"}", "{\"b\":2}", "too long: 7", "{\"c\":3}"];

        for (var cut = 0; cut <= input.Length; cut++)
        {
            Assert.Equal(expected, Read([input[..cut], input[cut..]]));
        }

        Assert.Equal(expected, Read(input.Select(static one => new[] { one })));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","method":"m","params":{"id":1,"x":"PAD"},"id":42}""", "42")]
    [InlineData("""{"id":"a\"b","method":"m","params":{"x":"\\","y":"PAD \" ,\"id\":9"}}""", "\"a\\\"b\"")]
    [InlineData("""{"params":["PAD",{"id":3}], "id" : -1 }""", "-1")]
    [InlineData("""{"id":1,"x":"PAD","id":2}""", null)]
    [InlineData("""{"id":["5"],"x":"PAD"}""", null)]
    [InlineData("""{"id":1.5,"x":"PAD"}""", null)]
    [InlineData("""{"id":null,"x":"PAD"}""", null)]
    [InlineData("""{"x":"id","y":"PAD"}""", null)]
    [InlineData("""{"idx":4,"y":"PAD"}""", null)]
    [InlineData("PAD", null)]
    public void Finds_the_id_of_a_line_that_is_too_long(string text, string? id)
    {
        var line = Encoding.UTF8.GetBytes(text.Replace("PAD", new string('.', 3 * Bound), StringComparison.Ordinal) + "\n");
        for (var cut = 0; cut <= line.Length; cut++)
        {
            Assert.Equal(["too long: " + (id ?? "-")], Read([line[..cut], line[cut..]]));
        }
    }

    [Fact]
    public void Keeps_nothing_of_a_line_of_a_hundred_megabytes()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var reader = new RpcLineReader(Bound);
        reader.Feed("{\"id\":5,\"x\":\""u8);
        var chunk = new byte[1 << 20];
        Array.Fill(chunk, (byte)'a');
        for (var fed = 0; fed < 100; fed++)
        {
            reader.Feed(chunk);
            Assert.False(reader.TryNext(out _));
        }

        reader.Feed("\"}\n"u8);
        Assert.True(reader.TryNext(out var line));
        Assert.Equal("5", IdText(line.Id));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    private static string Long(int id) => "{\"x\":\"" + new string('.', Bound) + "\",\"id\":" + id + "}";

    private static List<string> Read(IEnumerable<byte[]> pieces)
    {
        using var reader = new RpcLineReader(Bound);
        var lines = new List<string>();
        foreach (var piece in pieces)
        {
            reader.Feed(piece);
            while (reader.TryNext(out var line))
            {
                lines.Add(line.IsTooLong ? "too long: " + IdText(line.Id) : Encoding.UTF8.GetString(line.Text));
            }
        }

        return lines;
    }

    private static string IdText(RpcId id)
    {
        using var text = new MemoryStream();
        using (var writer = new System.Text.Json.Utf8JsonWriter(text, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            id.WriteTo(writer);
            writer.WriteEndObject();
        }

        var written = Encoding.UTF8.GetString(text.ToArray());
        return written == "{}" ? "-" : written["{\"id\":".Length..^1];
    }
}

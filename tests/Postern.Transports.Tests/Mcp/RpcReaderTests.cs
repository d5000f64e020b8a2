using System.Text;
using Postern.Engine.Mcp;
using Postern.Transports.Mcp;

namespace Postern.Transports.Tests.Mcp;

public sealed class RpcReaderTests
{
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"}""", RpcShape.Request, "ping", "")]
    [InlineData("""{"method":"ping","jsonrpc":"2.0","id":"a"}""", RpcShape.Request, "ping", "")]
    [InlineData("""{"jsonrpc":"2.0","id":0,"method":"tools\/call","params":{"name":"re\u0061d","arguments":{}}}""", RpcShape.Request, "tools/call", "read")]
    [InlineData("""{"params":{"arguments":{"name":"no"},"name":"read"},"id":-5,"method":"tools/call","jsonrpc":"2.0"}""", RpcShape.Request, "tools/call", "read")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"p"}}""", RpcShape.Request, "prompts/get", "")]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", RpcShape.Notification, "notifications/initialized", "")]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/m","params":null,"vendor":[1]}""", RpcShape.Notification, "notifications/m", "")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"put","arguments":{"Name":1,"name":2,"URI":3}}}""", RpcShape.Request, "tools/call", "put")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"content":[],"structuredContent":{"Text":"a","text":"b"},"_meta":{"Name":1}}}""", RpcShape.Result, "", "")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"t","inputSchema":{"type":"object","properties":{"Name":{},"name":{}}}}]}}""", RpcShape.Result, "", "")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"action":"accept","content":{"Name":"Bob","URI":"x"}}}""", RpcShape.Result, "", "")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":null}""", RpcShape.Result, "", "")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":""}}""", RpcShape.Error, "", "")]
    [InlineData("""{"jsonrpc":"2.0","id":null,"error":{}}""", RpcShape.Error, "", "")]
    [InlineData("""{"jsonrpc":"2.0","error":{}}""", RpcShape.Error, "", "")]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""", RpcShape.Batch, "", "")]
    public void Reads_the_shape_method_and_tool(string text, RpcShape shape, string method, string tool)
    {
        var envelope = RpcReader.Read(Encoding.UTF8.GetBytes(text));

        Assert.Equal((shape, RpcFault.None), (envelope.Shape, envelope.Fault));
        Assert.Equal((method, tool), (Encoding.UTF8.GetString(envelope.Method.Span), Encoding.UTF8.GetString(envelope.Tool.Span)));
    }

    [Theory]
    [InlineData("", nameof(RpcFault.NotJson))]
    [InlineData("{", nameof(RpcFault.NotJson))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"} {}""", nameof(RpcFault.NotJson))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"\ud800"}""", nameof(RpcFault.NotJson))]
    [InlineData("\"text\"", nameof(RpcFault.NotRpc))]
    [InlineData("""{"id":1,"method":"ping"}""", nameof(RpcFault.NotRpc))]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"ping"}""", nameof(RpcFault.NotRpc))]
    [InlineData("""{"jsonrpc":2.0,"id":1,"method":"ping"}""", nameof(RpcFault.NotRpc))]
    [InlineData("""{"jsonrpc":"2.0","id":1}""", nameof(RpcFault.NotRpc))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":null}""", nameof(RpcFault.NotRpc))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m","params":[1]}""", nameof(RpcFault.NotRpc))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m","params":"x"}""", nameof(RpcFault.NotRpc))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m","result":{}}""", nameof(RpcFault.NotRpc))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{},"error":{}}""", nameof(RpcFault.NotRpc))]
    [InlineData("""{"jsonrpc":"2.0","result":{}}""", nameof(RpcFault.NotRpc))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":"text"}""", nameof(RpcFault.NotRpc))]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"m"}""", nameof(RpcFault.BadId))]
    [InlineData("""{"jsonrpc":"2.0","id":null,"result":{}}""", nameof(RpcFault.BadId))]
    [InlineData("""{"jsonrpc":"2.0","id":1.0,"method":"m"}""", nameof(RpcFault.BadId))]
    [InlineData("""{"jsonrpc":"2.0","id":1e0,"method":"m"}""", nameof(RpcFault.BadId))]
    [InlineData("""{"jsonrpc":"2.0","id":true,"method":"m"}""", nameof(RpcFault.BadId))]
    [InlineData("""{"jsonrpc":"2.0","id":{"a":1},"method":"m"}""", nameof(RpcFault.BadId))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m","id":2}""", nameof(RpcFault.DoubledMember))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m","m\u0065thod":"n"}""", nameof(RpcFault.DoubledMember))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m","Method":"n"}""", nameof(RpcFault.DoubledMember))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"METHOD":"m","method":"n"}""", nameof(RpcFault.DoubledMember))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method\u0000":"m","method":"n"}""", nameof(RpcFault.DoubledMember))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m","param\u017f":{}}""", nameof(RpcFault.DoubledMember))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"m","paramſ":{}}""", nameof(RpcFault.DoubledMember))]
    [InlineData("""{"jsonrpc":"2.0","ıd":2,"id":1,"method":"m"}""", nameof(RpcFault.DoubledMember))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","NAME":"b"}}""", nameof(RpcFault.DoubledMember))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"NAME":"b"}}""", nameof(RpcFault.DoubledMember))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments":{},"Arguments":{}}}""", nameof(RpcFault.DoubledMember))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","argumentſ":{}}}""", nameof(RpcFault.DoubledMember))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a","arguments\u0000 this is longer than any name that anybody would look at, and cut short by some readers of it, who see the first ten letters":{}}}""", nameof(RpcFault.DoubledMember))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"completion/complete","params":{"ref":{"type":"ref/resource","Uri":"x"}}}""", nameof(RpcFault.DoubledMember))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"Tools":[]}}""", nameof(RpcFault.DoubledMember))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"t","inputschema":{}}]}}""", nameof(RpcFault.DoubledMember))]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"resource","resource":{"TEXT":"x"}}]}}""", nameof(RpcFault.DoubledMember))]
    [InlineData("""{"jsonrpc":"2.0","method":"tools/call","params":{"name":"t"}}""", nameof(RpcFault.NotRpc))]
    [InlineData("""{"jsonrpc":"2.0","method":"sampling/createMessage"}""", nameof(RpcFault.NotRpc))]
    public void Refuses_what_two_readers_could_read_differently(string text, string fault)
    {
        var envelope = RpcReader.Read(Encoding.UTF8.GetBytes(text));

        Assert.Equal(RpcShape.None, envelope.Shape);
        Assert.Equal(fault, envelope.Fault.ToString());
    }

    [Theory]
    [InlineData("1", "1", true)]
    [InlineData("1", "\"1\"", false)]
    [InlineData("1", "01", false)]
    [InlineData("\"a\"", "\"\\u0061\"", true)]
    [InlineData("12345678901234567890123", "12345678901234567890123", true)]
    [InlineData("12345678901234567890123", "12345678901234567890124", false)]
    public void Ids_are_equal_when_they_say_the_same(string one, string other, bool equal) => Assert.Equal(equal, IdOf(one) == IdOf(other) && !IdOf(other).IsNone);

    [Fact]
    public void An_id_beyond_the_bound_is_none()
    {
        Assert.False(IdOf("\"" + new string('a', RpcId.MaxBytes) + "\"").IsNone);
        Assert.True(IdOf("\"" + new string('a', RpcId.MaxBytes + 1) + "\"").IsNone);
    }

    [Fact]
    public void Of_two_ids_neither_counts() => Assert.True(RpcReader.Read("""{"jsonrpc":"2.0","id":1,"id":2,"method":"m"}"""u8).Id.IsNone);

    [Fact]
    public void A_faulty_request_keeps_its_id() => Assert.Equal(IdOf("7"), RpcReader.Read("""{"jsonrpc":"2.0","id":7,"method":1}"""u8).Id);

    [Theory]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("""[[{"jsonrpc":"2.0","method":"notifications/m"}]]""")]
    [InlineData("""[{"jsonrpc":"2.0","method":"notifications/m"},{"id":1}]""")]
    public void A_batch_holds_messages_and_nothing_else(string text) => Assert.Equal(RpcFault.NotRpc, RpcFrame.Of(Encoding.UTF8.GetBytes(text)).Fault);

    [Fact]
    public void A_batch_has_a_bound()
    {
        Assert.Equal(RpcFault.None, RpcFrame.Of(Batch(RpcFrame.MaxBatch)).Fault);
        Assert.Equal(RpcFault.NotRpc, RpcFrame.Of(Batch(RpcFrame.MaxBatch + 1)).Fault);
    }

    private static byte[] Batch(int count) => Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat("""{"jsonrpc":"2.0","method":"notifications/m"}""", count)) + "]");

    private static RpcId IdOf(string raw) => RpcReader.Read(Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":{{raw}},"method":"m"}""")).Id;
}

using System.Buffers;
using System.Text;
using Postern.Engine.Evidence;

namespace Postern.Engine.Tests.Evidence;

public sealed class CanonicalJsonTests
{
    // RFC 8785 appendix B: IEEE 754 bits and the text they must become.
    [Theory]
    [InlineData(0x0000000000000000UL, "0")]
    [InlineData(0x8000000000000000UL, "0")]
    [InlineData(0x0000000000000001UL, "5e-324")]
    [InlineData(0x8000000000000001UL, "-5e-324")]
    [InlineData(0x7fefffffffffffffUL, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffffUL, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000UL, "9007199254740992")]
    [InlineData(0xc340000000000000UL, "-9007199254740992")]
    [InlineData(0x4430000000000000UL, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5UL, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6UL, "1e+23")]
    [InlineData(0x44b52d02c7e14af7UL, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4eUL, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4fUL, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50UL, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8cUL, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8dUL, "0.000001")]
    [InlineData(0x41b3de4355555553UL, "333333333.3333332")]
    [InlineData(0x41b3de4355555554UL, "333333333.33333325")]
    [InlineData(0x41b3de4355555555UL, "333333333.3333333")]
    [InlineData(0x41b3de4355555556UL, "333333333.3333334")]
    [InlineData(0x41b3de4355555557UL, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696UL, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959UL, "1424953923781206.2")]
    public void Writes_numbers_as_the_RFC_lists_them(ulong bits, string expected)
    {
        Span<byte> target = stackalloc byte[CanonicalNumber.MaxBytes];
        var length = CanonicalNumber.Write(BitConverter.UInt64BitsToDouble(bits), target);
        Assert.Equal(expected, Encoding.ASCII.GetString(target[..length]));
    }

    [Theory]
    [InlineData("""{"b":1,"a":2}""", """{"a":2,"b":1}""")]
    [InlineData("""{ "a" : [ 1 , true , null , false ] }""", """{"a":[1,true,null,false]}""")]
    [InlineData("""{"a":{},"b":[]}""", """{"a":{},"b":[]}""")]
    [InlineData("""{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}""", "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}")]
    [InlineData("""["\u0000\u001f\b\t\n\f\r\"\\\/\u007f<>&\u2028"]""", "[\"\\u0000\\u001f\\b\\t\\n\\f\\r\\\"\\\\/\u007f<>&\u2028\"]")]
    [InlineData("[1E30,4.50,2e-3,0.000000000000000000000000001,-0,1.0,100]", "[1e+30,4.5,0.002,1e-27,0,1,100]")]
    [InlineData("\"x\"", "\"x\"")]
    [InlineData(" 12 ", "12")]
    public void Canonicalizes(string json, string expected)
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.True(CanonicalJson.TryCanonicalize(Encoding.UTF8.GetBytes(json), output));
        Assert.Equal(expected, Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.True(CanonicalJson.IsCanonical(output.WrittenSpan));
        Assert.Equal(json == expected, CanonicalJson.IsCanonical(Encoding.UTF8.GetBytes(json)));
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("""{"x":[{"a":1,"a":1}]}""")]
    [InlineData("""["\ud800"]""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("[1e400]")]
    [InlineData("[01]")]
    [InlineData("[1,]")]
    [InlineData("[1] 2")]
    [InlineData("// c\n1")]
    [InlineData("\u00EF\u00BB\u00BF1")]
    [InlineData("")]
    [InlineData("NaN")]
    public void Refuses_what_two_readers_could_read_differently(string json)
    {
        var bytes = json.StartsWith('\u00EF') ? Encoding.Latin1.GetBytes(json) : Encoding.UTF8.GetBytes(json);
        var output = new ArrayBufferWriter<byte>();
        Assert.False(CanonicalJson.TryCanonicalize(bytes, output));
        Assert.Equal(0, output.WrittenCount);
        Assert.False(CanonicalJson.IsCanonical(bytes));
    }

    [Fact]
    public void Refuses_invalid_UTF8()
    {
        byte[] json = [(byte)'"', 0xc0, 0x80, (byte)'"'];
        Assert.False(CanonicalJson.TryCanonicalize(json, new ArrayBufferWriter<byte>()));
        Assert.False(CanonicalJson.IsCanonical(json));
    }

    [Theory]
    [InlineData(CanonicalJson.MaxDepth, true)]
    [InlineData(CanonicalJson.MaxDepth + 1, false)]
    public void Bounds_nesting(int depth, bool accepted)
    {
        var json = Encoding.ASCII.GetBytes(new string('[', depth) + new string(']', depth));
        Assert.Equal(accepted, CanonicalJson.TryCanonicalize(json, new ArrayBufferWriter<byte>()));
        Assert.Equal(accepted, CanonicalJson.IsCanonical(json));
    }

    [Theory]
    [InlineData("""{"b":1,"a":2}""")]
    [InlineData("""{"a":1 }""")]
    [InlineData("""{"a": 1}""")]
    [InlineData("""{"a" :1}""")]
    [InlineData("""{ "a":1}""")]
    [InlineData("""[1, 2]""")]
    [InlineData("""[1 ]""")]
    [InlineData(""" 1""")]
    [InlineData("1\n")]
    [InlineData("""["\u0041"]""")]
    [InlineData("""["\/"]""")]
    [InlineData("""["\u001F"]""")]
    [InlineData("""["\u000a"]""")]
    [InlineData("[1.0]")]
    [InlineData("[-0]")]
    [InlineData("[1E2]")]
    [InlineData("[9007199254740993]")]
    public void Knows_what_is_not_canonical(string json) => Assert.False(CanonicalJson.IsCanonical(Encoding.UTF8.GetBytes(json)));
}

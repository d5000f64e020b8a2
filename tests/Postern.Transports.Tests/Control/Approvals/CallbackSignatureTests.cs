using System.Text;
using Postern.Engine.Configuration;
using Postern.Transports.Control.Approvals;
using Postern.Transports.Tests.Http.Tls;

namespace Postern.Transports.Tests.Control.Approvals;

public sealed class CallbackSignatureTests
{
    private static readonly DateTimeOffset s_now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    private static readonly byte[] s_body = Encoding.UTF8.GetBytes("""{"decision":"approve"}""");

    [Fact]
    public void Is_made_as_written_down() =>
        Assert.Equal("t=1800000000,v1=", Signature().Of(3, s_body)[..16]);

    [Theory]
    [InlineData(3, 0, true)]
    [InlineData(3, 300, true)]
    [InlineData(3, -300, true)]
    [InlineData(3, 301, false)]
    [InlineData(3, -301, false)]
    [InlineData(4, 0, false)]
    public void Holds_for_its_question_and_a_while(long id, int secondsLater, bool isRight)
    {
        var clock = new ManualClock(s_now);
        var value = Signature(clock).Of(3, s_body);
        clock.Advance(TimeSpan.FromSeconds(secondsLater));
        Assert.Equal(isRight, Signature(clock).IsRight(value, id, s_body));
    }

    [Fact]
    public void Holds_for_its_body_and_its_secret()
    {
        var value = Signature().Of(3, s_body);
        Assert.False(Signature().IsRight(value, 3, "{\"decision\":\"approve\" }"u8));
        Assert.False(Signature(secret: "another secret").IsRight(value, 3, s_body));
    }

    [Theory]
    [InlineData("")]
    [InlineData("t=1800000000")]
    [InlineData("v1=00,t=1800000000")]
    [InlineData("t=,v1=")]
    [InlineData("t=1800000000,v1=zz")]
    [InlineData("t=+1800000000,v1=00")]
    [InlineData("t=99999999999999999999,v1=00")]
    public void Is_nothing_else(string value) => Assert.False(Signature().IsRight(value, 3, s_body));

    [Fact]
    public void Takes_nothing_behind_or_missing()
    {
        var value = Signature().Of(3, s_body);
        Assert.True(Signature().IsRight(value, 3, s_body));
        Assert.False(Signature().IsRight(value + "00", 3, s_body));
        Assert.False(Signature().IsRight(value[..^2], 3, s_body));
        Assert.False(Signature().IsRight(value + ",v1=00", 3, s_body));
    }

    private static CallbackSignature Signature(TimeProvider? clock = null, string secret = "a secret of sixteen") =>
        new(new SecretText(secret), clock ?? new ManualClock(s_now));
}

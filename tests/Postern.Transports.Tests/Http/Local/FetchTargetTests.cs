using System.Text;
using Postern.Transports.Http.Local;

namespace Postern.Transports.Tests.Http.Local;

public sealed class FetchTargetTests
{
    [Theory]
    [InlineData("?url=http%3A%2F%2Fa.test%2Fp%3Fq%3D1%26r%3D2", "http://a.test/p?q=1&r=2", "")]
    [InlineData("?url=http://a.test/p?q=1&r=2", "http://a.test/p?q=1&r=2", "")]
    [InlineData("?url=http://a.test/p?q=a%2Bb&r=%20x", "http://a.test/p?q=a%2Bb&r=%20x", "")]
    [InlineData("?agent=me&url=http://a.test/?x=1&url=http://b.test/", "http://a.test/?x=1&url=http://b.test/", "me")]
    [InlineData("?url=https%3A%2F%2Fa.test&more=1", "https://a.test&more=1", "")]
    [InlineData("?url=http%3A%2F%2Fa.test%2F&agent=bot-1.x_y", "http://a.test/", "bot-1.x_y")]
    [InlineData("?agent=%3Cscript%3E&url=http://a.test/", "http://a.test/", "3Cscript3E")]
    [InlineData("?url=http://a.test/%C3%A9%20b", "http://a.test/%C3%A9%20b", "")]
    [InlineData("?url=http%3A%2F%2Fa.test%2F%25C3%25A9", "http://a.test/%C3%A9", "")]
    [InlineData("?url=http://a.test/a+b", "http://a.test/a+b", "")]
    public void Reads_the_url_as_the_agent_meant_it(string query, string url, string agent)
    {
        var target = FetchTarget.Read(query);

        Assert.NotNull(target);
        Assert.Equal(url, Encoding.ASCII.GetString(target.Url));
        Assert.Equal(agent, target.Agent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?")]
    [InlineData("?url")]
    [InlineData("?url=")]
    [InlineData("?agent=a")]
    [InlineData("?u=http://a.test/")]
    [InlineData("?url=http://a.test/%0d%0aX:%20y")]
    [InlineData("?url=http://a.test/%00")]
    [InlineData("?url=http://a.test/%7F")]
    [InlineData("?url=http://a.test/%09")]
    public void Has_no_target_without_a_url_or_with_control_characters(string query) => Assert.Null(FetchTarget.Read(query));

    [Fact]
    public void Bounds_the_name_of_an_agent() =>
        Assert.Equal(64, FetchTarget.Read("?agent=" + new string('a', 500) + "&url=http://a.test/")!.Agent.Length);
}

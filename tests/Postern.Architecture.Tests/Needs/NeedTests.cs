namespace Postern.Architecture.Tests.Needs;

public sealed class NeedTests
{
    [Theory]
    [InlineData("no-such-program-7f3a", "not run: needs no-such-program-7f3a")]
    [InlineData("/no/such/path", "not run: needs /no/such/path")]
    [InlineData("no-such-a / no-such-b", "not run: needs no-such-a, no-such-b")]
    public void Names_what_is_missing(string needs, string reason) => Assert.Equal(reason, Need.SkipReason(needs, testAll: null));

    [Theory]
    [InlineData("/")]
    [InlineData("dotnet")]
    public void Runs_where_the_need_is_met(string needs) => Assert.Null(Need.SkipReason(needs, testAll: null));

    [Fact]
    public void Runs_and_may_fail_where_everything_must_run() => Assert.Null(Need.SkipReason("no-such-program-7f3a", testAll: "1"));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    public void Only_a_one_demands_everything(string testAll) =>
        Assert.NotNull(Need.SkipReason("no-such-program-7f3a", testAll));
}

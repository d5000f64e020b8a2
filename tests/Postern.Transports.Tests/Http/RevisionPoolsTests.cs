using Postern.Transports.Http;

namespace Postern.Transports.Tests.Http;

public sealed class RevisionPoolsTests
{
    private static readonly object s_policy = new();
    private readonly List<Closed> _opened = [];

    [Fact]
    public void A_pool_in_use_outlives_the_next_revision_and_is_closed_with_its_last_user()
    {
        using var pools = new RevisionPools<HttpMessageInvoker>(Open);
        var old = pools.Rent(1, s_policy);
        var same = pools.Rent(1, s_policy);
        Assert.Same(old, same);

        var next = pools.Rent(2, s_policy);

        Assert.NotSame(old, next);
        Assert.False(_opened[0].IsClosed);
        pools.Return(old);
        Assert.False(_opened[0].IsClosed);
        pools.Return(same);
        Assert.True(_opened[0].IsClosed);
        Assert.False(_opened[1].IsClosed);
    }

    [Fact]
    public void An_exchange_of_an_older_revision_never_shares_the_newer_connections()
    {
        using var pools = new RevisionPools<HttpMessageInvoker>(Open);
        pools.Return(pools.Rent(2, s_policy));

        var late = pools.Rent(1, s_policy);

        Assert.Equal(2, _opened.Count);
        pools.Return(late);
        Assert.True(_opened[1].IsClosed);
        Assert.False(_opened[0].IsClosed);
    }

    [Fact]
    public void An_idle_pool_is_closed_by_the_next_revision()
    {
        using var pools = new RevisionPools<HttpMessageInvoker>(Open);
        pools.Return(pools.Rent(1, s_policy));
        Assert.False(_opened[0].IsClosed);

        pools.Return(pools.Rent(2, s_policy));

        Assert.True(_opened[0].IsClosed);
    }

    [Fact]
    public void Two_agents_share_no_connection()
    {
        using var pools = new RevisionPools<HttpMessageInvoker>(Open);

        Assert.NotSame(pools.Rent(1, s_policy), pools.Rent(1, new object()));

        Assert.Equal(2, _opened.Count);
    }

    private HttpMessageInvoker Open()
    {
        var handler = new Closed();
        _opened.Add(handler);
        return new HttpMessageInvoker(handler);
    }

    private sealed class Closed : HttpMessageHandler
    {
        public bool IsClosed { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            IsClosed = true;
            base.Dispose(disposing);
        }
    }
}

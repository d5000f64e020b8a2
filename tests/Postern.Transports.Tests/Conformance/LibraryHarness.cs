using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Postern.AspNetCore;
using Postern.Transports.Http;

namespace Postern.Transports.Tests.Conformance;

/// <summary>The checkpoint inside a program: in front of what its client asks, or of what it answers.</summary>
internal sealed class LibraryHarness(World world, HttpClient client, IAsyncDisposable inside) : IHarness
{
    public World World => world;

    public HttpClient Client => client;

    /// <summary>A program that asks.</summary>
    public static async Task<IHarness> OutAsync()
    {
        var world = await World.StartAsync(await Upstream.StartAsync());
        var checkpoint = Over(world);
        return new LibraryHarness(world, new HttpClient(new Telling { InnerHandler = new PosternHandler(checkpoint) }) { BaseAddress = new Uri($"http://plain.test:{world.Upstream.Port}/") }, checkpoint);
    }

    /// <summary>A program that answers; its part behind the checkpoint is what other transports have for an upstream.</summary>
    public static async Task<IHarness> InAsync()
    {
        var world = await World.StartAsync(await Upstream.StartAsync());
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.UsePostern(Over(world));
        app.Run(context => world.Upstream.ServeAsync(context.Features));
        await app.StartAsync();
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ResponseDrainTimeout = TimeSpan.Zero }) { BaseAddress = new Uri(app.Urls.Single() + "/") };
        return new LibraryHarness(world, client, app);
    }

    /// <summary>A checkpoint of the world's parts.</summary>
    internal static PosternCheckpoint Over(World world) => new(
        new HttpCheckpoint(world.Inspector, world.Policies, new UpstreamRelease(TimeSpan.FromSeconds(5), world.Trust), TimeProvider.System), world.Policies, "");

    public async ValueTask DisposeAsync()
    {
        client.Dispose();

        // What still runs would keep the application waiting.
        world.Switch.Halt();
        await inside.DisposeAsync();
        await world.DisposeAsync();
    }

    /// <summary>Makes a response of a refusal again, so that scenarios read it like any other.</summary>
    private sealed class Telling : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (PosternRefusalException refusal)
            {
                return new HttpResponseMessage(refusal.StatusCode!.Value)
                {
                    RequestMessage = request,
                    Headers = { { "X-Postern-Block-Reason", refusal.Rule } },
                    Content = new StringContent($"{refusal.Rule} {refusal.Where} {refusal.Message} {refusal.Evidence} {refusal.Remedy}"),
                };
            }
        }
    }
}

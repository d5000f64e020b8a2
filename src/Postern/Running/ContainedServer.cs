using Postern.Sandbox;
using Postern.Sandbox.Kernel;
using Postern.Sandbox.Launching;
using Postern.Sandbox.Planning;
using Postern.Transports.Mcp;

namespace Postern.Program.Running;

/// <summary>An MCP server that has its standard streams and no network at all.</summary>
internal sealed class ContainedServer : IAsyncDisposable
{
    private readonly Containment _containment;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _start;

    private ContainedServer(SandboxPlan plan, KernelFacts facts, SandboxRequest request, Dictionary<string, string> environment)
    {
        Workspaces = plan.Workspaces;
        _containment = new Containment(SandboxRequests.Own, facts);
        if (!plan.Namespaces)
        {
            plan = SandboxPlanner.Plan(request with { Scratch = _containment.Scratch }, facts);
        }

        SandboxRequests.Fit(environment, plan, _containment);
        plan = plan with { Environment = [.. environment.Select(static pair => pair.Key + "=" + pair.Value)] };
        Command = new ServerCommand(_containment.Program, _containment.Arguments, Containment.StageEnvironment(Environment.GetEnvironmentVariables()));
        _start = StartAsync(plan);
    }

    /// <summary>What to start instead of the server.</summary>
    public ServerCommand Command { get; }

    /// <summary>Directories that the operator lets it change.</summary>
    public IReadOnlyList<string> Workspaces { get; }

    /// <summary>Prepares a contained start of <paramref name="server"/>.</summary>
    /// <exception cref="ContainmentException">This machine cannot.</exception>
    public static ContainedServer Of(LoadedConfig loaded, Home home, SandboxWishes wishes, ServerCommand server)
    {
        var facts = KernelProbe.Look();
        var request = SandboxRequests.Of(loaded, home, wishes, [server.Program, .. server.Arguments]) with { NeedsNetwork = false };
        return new ContainedServer(SandboxPlanner.Plan(request, facts), facts, request, new Dictionary<string, string>(server.Environment, StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync().ConfigureAwait(false);
        await _start.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _over.Dispose();
        _containment.Dispose();
    }

    private async Task StartAsync(SandboxPlan plan)
    {
        using var door = await _containment.OfferAsync(plan, _over.Token).ConfigureAwait(false);
        _containment.Go();
    }
}

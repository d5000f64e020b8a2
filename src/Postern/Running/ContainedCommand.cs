using System.Diagnostics;
using System.Net;
using Postern.Engine.Evidence;
using Postern.Sandbox;
using Postern.Sandbox.Kernel;
using Postern.Sandbox.Launching;
using Postern.Sandbox.Planning;

namespace Postern.Program.Running;

/// <summary>A command that has no way out but the firewall. Its namespaces and runtime start while the firewall is composed.</summary>
internal sealed class ContainedCommand : IDisposable
{
    private readonly Containment _containment;
    private readonly SandboxRequest _request;
    private readonly KernelFacts _facts;
    private readonly Process _stage;
    private readonly string[] _environment;

    private ContainedCommand(SandboxRequest request, KernelFacts facts, string[] environment, bool takesOutput)
    {
        (_request, _facts, _environment) = (request, facts, environment);
        _containment = new Containment(SandboxRequests.Own, facts);
        var start = new ProcessStartInfo(_containment.Program, _containment.Arguments) { UseShellExecute = false, RedirectStandardOutput = takesOutput };
        start.Environment.Clear();
        foreach (var (name, value) in Containment.StageEnvironment(Environment.GetEnvironmentVariables()))
        {
            start.Environment[name] = value;
        }

        _stage = Process.Start(start)!;
    }

    /// <summary>What the command says, when it was asked to be kept.</summary>
    public StreamReader Output => _stage.StandardOutput;

    /// <summary>Directories that the operator lets it change.</summary>
    public IReadOnlyList<string> Workspaces { get; private init; } = [];

    /// <summary>Begins a contained start; null, and why on standard error, when the machine cannot and need not.</summary>
    /// <exception cref="ContainmentException">It cannot and must.</exception>
    public static ContainedCommand? Begin(LoadedConfig loaded, Home home, SandboxWishes wishes, string[] command)
    {
        var section = SandboxRequests.SectionOf(loaded, wishes.Agent);
        try
        {
            var facts = KernelProbe.Look();
            var request = SandboxRequests.Of(loaded, home, wishes, command);
            var plan = SandboxPlanner.Plan(request, facts);
            foreach (var layer in plan.Layers.Where(static layer => !layer.Holds))
            {
                Console.Error.WriteLine($"postern: contained without {layer.Name}: {layer.Detail}");
            }

            return new ContainedCommand(request, facts, [.. section.Environment, .. wishes.Environment], wishes.TakesOutput) { Workspaces = plan.Workspaces };
        }
        catch (ContainmentException e) when (!wishes.IsRequired && !section.Strict)
        {
            Terminal.Fail($"NOT CONTAINED, the command can go around the firewall: {e.Message}");
            return null;
        }
    }

    /// <summary>Opens the firewall to the command, lets it go, and returns its exit code.</summary>
    /// <exception cref="ContainmentException">It was not started.</exception>
    public async Task<int> RunAsync(Firewall firewall, IPEndPoint inside, string? bundle, CancellationToken cancel)
    {
        // Planned again: by now the bundle of certificates lies where it is to be shown, and what is to be hidden is there.
        var plan = SandboxPlanner.Plan(
            _request with { Own = [.. _request.Own, firewall.EvidenceDirectory], Scratch = _facts.Namespaces.Length == 0 ? "" : _containment.Scratch }, _facts);
        if (plan.Network == NetworkWay.Port)
        {
            await firewall.Listeners.StartAsync(cancel).ConfigureAwait(false);
            inside = firewall.Listeners.Proxy;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var over = _stage.WaitForExitAsync(CancellationToken.None).ContinueWith(_ => ended.Cancel(), TaskScheduler.Default);
        plan = plan with { Port = inside.Port, Environment = [.. EnvironmentOf(plan, inside, bundle)] };
        firewall.Door = await _containment.OfferAsync(plan, ended.Token).ConfigureAwait(false);
        if (plan.Network == NetworkWay.Door)
        {
            await firewall.Listeners.StartAsync(cancel).ConfigureAwait(false);
        }

        var layers = string.Join(", ", plan.Layers.Where(static layer => layer.Holds).Select(static layer => layer.Name));
        await RecordAsync(firewall, "command contained by " + layers, cancel).ConfigureAwait(false);
        _containment.Go();
        var code = await ChildCommand.WaitAsync(_stage, _containment.Pass).ConfigureAwait(false);
        await over.ConfigureAwait(false);
        return code;
    }

    /// <summary>Puts what was found out about a containment into the evidence, kept when this returns.</summary>
    /// <exception cref="ContainmentException">It could not be kept.</exception>
    public static async Task RecordAsync(Firewall firewall, string note, CancellationToken cancel)
    {
        try
        {
            await firewall.RecordAsync(note, cancel).ConfigureAwait(false);
        }
        catch (EvidenceLostException lost)
        {
            throw new ContainmentException("it could not be recorded: " + lost.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_stage.HasExited)
        {
            _stage.Kill(entireProcessTree: true);
        }

        _stage.Dispose();
        _containment.Dispose();
    }

    private IEnumerable<string> EnvironmentOf(SandboxPlan plan, IPEndPoint inside, string? bundle)
    {
        var variables = CommandEnvironment.Of(Environment.GetEnvironmentVariables(), _request.Command, _environment);
        foreach (var (name, value) in ChildEnvironment.Of(inside, bundle))
        {
            variables[name] = value;
        }

        SandboxRequests.Fit(variables, plan, _containment);
        CommandEnvironment.Set(variables, _environment);
        return variables.Where(static pair => pair.Value.Length > 0).Select(static pair => pair.Key + "=" + pair.Value);
    }
}

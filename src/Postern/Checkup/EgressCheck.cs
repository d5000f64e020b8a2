using System.Net;
using Postern.Engine.Configuration;
using Postern.Program.Running;
using Postern.Sandbox;
using Postern.Sandbox.Planning;
using Postern.Sandbox.Probing;
using Postern.Transports.Evidence;

namespace Postern.Program.Checkup;

/// <summary>Whether a contained command has another way out than the firewall: found out by trying them all from inside.</summary>
internal static class EgressCheck
{
    /// <summary>What the names of its results begin with; the channel follows.</summary>
    public const string Prefix = "egress ";

    /// <summary>What a result says when nothing came back from inside.</summary>
    public const string NoAnswer = "The probe gave no answer.";

    /// <summary>Probes and puts the result into the evidence, where a signature covers it.</summary>
    /// <exception cref="ContainmentException">Nothing can be contained here.</exception>
    public static async Task<IReadOnlyList<CheckResult>> RunAsync(LoadedConfig loaded, Home home, CancellationToken cancel)
    {
        var inside = new IPEndPoint(IPAddress.Loopback, SandboxPlanner.DoorPort);
        using var trap = new EgressTrap();
        var targets = trap.Targets(SigningKey.PathIn(home.Path));
        string[] probe = [.. SandboxRequests.Own, EgressProbe.Word, .. targets.Arguments];
        var wishes = new SandboxWishes(SandboxMode.BestEffort, "", []) { IsRequired = true, TakesOutput = true };
        using var contained = ContainedCommand.Begin(loaded, home, wishes, probe)!;
        await using var firewall = new Firewall(loaded, new FirewallOptions(home, new ListenAddress("127.0.0.1", 0), RunsCommand: true));
        await contained.RunAsync(firewall, inside, null, cancel).ConfigureAwait(false);
        var answers = (await contained.Output.ReadToEndAsync(cancel).ConfigureAwait(false)).Split('\n').Select(static line => line.Split(' ')).ToLookup(static line => line[0], static line => line[^1]);
        var results = EgressProbe.Channels.Select(channel => Result(channel.Name, channel.Meaning, channel.Name == EgressProbe.Udp && trap.WasReachedByUdp, answers[channel.Name].FirstOrDefault())).ToList();
        var said = results.Select(static result => $"{result.Name[Prefix.Length..]} {(result.Health == Health.Ok ? "closed" : "open")}");
        await ContainedCommand.RecordAsync(firewall, "egress probe: " + string.Join(", ", said), cancel).ConfigureAwait(false);
        return results;
    }

    /// <summary>The same; where nothing can be contained, a failed check that says so.</summary>
    public static async Task<IReadOnlyList<CheckResult>> TryAsync(LoadedConfig loaded, Home home, CancellationToken cancel)
    {
        try
        {
            return await RunAsync(loaded, home, cancel).ConfigureAwait(false);
        }
        catch (ContainmentException refused)
        {
            return [new CheckResult("egress", Health.Fail, refused.Message, "See docs/containment.md for what this machine lacks.")];
        }
    }

    /// <summary>A channel is closed when the probe says so and nothing arrived; no answer is no proof.</summary>
    private static CheckResult Result(string name, string meaning, bool arrived, string? answer) => answer switch
    {
        EgressProbe.Closed when !arrived => CheckResult.Ok(Prefix + name, "closed: " + meaning),
        EgressProbe.Closed or EgressProbe.Open when name != EgressProbe.Udp || arrived => Open(name, meaning, "A contained command can go around the firewall: see docs/containment.md."),
        EgressProbe.Open => CheckResult.Ok(Prefix + name, "closed: nothing arrived of " + meaning),
        _ => Open(name, meaning, NoAnswer),
    };

    private static CheckResult Open(string name, string meaning, string advice) => new(Prefix + name, Health.Fail, "OPEN: " + meaning, advice);
}

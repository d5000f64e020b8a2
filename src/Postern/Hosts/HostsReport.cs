namespace Postern.Program.Hosts;

/// <summary>What was found of hosts, what was done, and what is left open. Never says what stands in an entry: that may be a key.</summary>
/// <param name="isDryRun">True when nothing is to be done.</param>
internal sealed class HostsReport(bool isDryRun)
{
    private readonly List<(AgentHost Host, HostFilePlan Plan)> _plans = [];
    private readonly List<AgentHost> _missing = [];

    /// <summary>True when Postern is taken out.</summary>
    public bool IsRemoval { get; init; }

    /// <summary>Hosts that are not here are worth a word; not where all are looked for.</summary>
    public bool NamesMissing { get; init; } = true;

    /// <summary>True when nothing stays outside, or everything is out.</summary>
    public bool IsWell => _plans.TrueForAll(entry => IsRemoval ? entry.Plan.Fault.Length == 0 : entry.Plan.IsProtected) && (!NamesMissing || _missing.Count == 0);

    /// <summary>True when no host was found.</summary>
    public bool IsEmpty => _plans.Count == 0;

    /// <summary>Carries out a host's plans.</summary>
    public void Add(AgentHost host, IEnumerable<HostFilePlan> plans, IntegrationFiles files)
    {
        foreach (var plan in plans)
        {
            _plans.Add((host, isDryRun ? plan : Carried(plan, files)));
        }
    }

    /// <summary>A host that is not here.</summary>
    public void Miss(AgentHost host) => _missing.Add(host);

    /// <summary>Prints it.</summary>
    public void Print(bool asJson)
    {
        if (asJson)
        {
            Json.PrintObject(WriteJson);
            return;
        }

        foreach (var (host, plan) in _plans)
        {
            PrintPlan(host, plan);
        }

        if (NamesMissing && IsEmpty && _missing.Count == 0)
        {
            Console.Out.WriteLine("there is nothing to set up: no servers, and no hooks");
        }

        foreach (var host in NamesMissing ? _missing : [])
        {
            Console.Out.WriteLine($"{host.Title} is not here");
        }
    }

    /// <summary>Writes it for scripts.</summary>
    public void WriteJson(System.Text.Json.Utf8JsonWriter writer)
    {
        writer.WriteBoolean("dry_run", isDryRun);
        writer.WriteBoolean("protected", !IsRemoval && IsWell);
        writer.WriteArray("files", _plans, static (writer, entry) =>
        {
            writer.WriteString("host", entry.Host.Name);
            writer.WriteString("file", entry.Plan.Path);
            writer.WriteBoolean("changed", entry.Plan.Changes);
            if (entry.Plan.HasHooks is { } hooks)
            {
                writer.WriteBoolean("hooks", hooks);
            }

            if (entry.Plan.Fault.Length > 0)
            {
                writer.WriteString("fault", entry.Plan.Fault);
            }

            writer.WriteArray("servers", entry.Plan.Servers, static (writer, server) =>
            {
                writer.WriteString("name", server.Name);
                writer.WriteBoolean("protected", server.State == ServerState.Protected);
                if (server.Why.Length > 0)
                {
                    writer.WriteString("why", server.Why);
                }
            });
        });
    }

    private static HostFilePlan Carried(HostFilePlan plan, IntegrationFiles files)
    {
        try
        {
            plan.Apply(files);
            return plan;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return plan with { Fault = e.Message, Servers = [], HasHooks = plan.HasHooks is null ? null : false };
        }
    }

    private void PrintPlan(AgentHost host, HostFilePlan plan)
    {
        var done = plan.Fault.Length > 0 ? "left alone: " + Terminal.Plain(plan.Fault)
            : !plan.Changes ? "nothing to change"
            : (isDryRun, plan.After) switch { (true, null) => "would be removed", (true, _) => "would be changed", (_, null) => "removed", _ => "changed" };
        Console.Out.WriteLine($"{host.Title}: {Terminal.Plain(plan.Path)}: {(plan.Fault.Length > 0 ? Terminal.Red(done) : done)}");
        if (plan.HasHooks is { } hooks)
        {
            Line(hooks, "hooks", "");
        }

        foreach (var server in plan.Servers)
        {
            Line(server.State == ServerState.Protected, "server " + Terminal.Plain(server.Name), server.Why);
        }
    }

    private void Line(bool isProtected, string what, string why)
    {
        var state = isProtected ? Terminal.Green("behind Postern") : IsRemoval ? "as it was" : Terminal.Yellow("outside" + (why.Length > 0 ? ": " + why : ""));
        Console.Out.WriteLine($"  {what}: {state}");
    }
}

using Postern.Sandbox.Planning;

namespace Postern.Program.Commands;

/// <summary>A plan in words, or as JSON.</summary>
internal static class SandboxReport
{
    /// <summary>Prints it. Of the environment only names: values may be secrets.</summary>
    public static void Print(SandboxPlan plan, IReadOnlyDictionary<string, string> environment, bool asJson)
    {
        var variables = environment.Keys.Order(StringComparer.Ordinal).ToList();
        if (asJson)
        {
            PrintJson(plan, variables);
            return;
        }

        foreach (var layer in plan.Layers)
        {
            Console.Out.WriteLine($"{(layer.Holds ? Terminal.Green("holds  ") : Terminal.Red("missing"))}  {layer.Name,-11} {layer.Detail}");
        }

        Console.Out.WriteLine("always   no new privileges, no capabilities, no core dumps, no descriptors but the standard ones");
        Console.Out.WriteLine("network  " + NetworkOf(plan));
        Console.Out.WriteLine("starts   in " + plan.Directory);
        foreach (var rule in plan.Paths)
        {
            Console.Out.WriteLine($"{WordOf(rule.Access),-8} {rule.Path}{(rule.IsData ? "  (nothing is executed there)" : "")}");
        }

        Console.Out.WriteLine("environment  " + string.Join(' ', variables));
    }

    /// <summary>Prints what another system would be told.</summary>
    public static void PrintElsewhere(string system, string plan, bool asJson)
    {
        if (!asJson)
        {
            Console.Out.Write(plan);
            return;
        }

        Json.PrintObject(writer =>
        {
            writer.WriteString("platform", system);
            writer.WriteBoolean("tested", false);
            writer.WriteString("plan", plan);
        });
    }

    private static void PrintJson(SandboxPlan plan, List<string> variables) => Json.PrintObject(writer =>
    {
        writer.WriteString("status", plan.Layers.All(static layer => layer.Holds) ? "capabilities_ok" : "degraded");
        writer.WriteString("directory", plan.Directory);
        writer.WriteString("network", NetworkOf(plan));
        writer.WriteArray("layers", plan.Layers, static (w, layer) =>
        {
            w.WriteString("name", layer.Name);
            w.WriteBoolean("available", layer.Holds);
            w.WriteString("detail", layer.Detail);
        });
        writer.WriteArray("paths", plan.Paths, static (w, rule) =>
        {
            w.WriteString("path", rule.Path);
            w.WriteString("access", WordOf(rule.Access));
            w.WriteBoolean("execute", rule is { Access: Access.Read or Access.Write, IsData: false });
        });
        writer.WriteArray("environment", variables, static (w, name) => w.WriteString("name", name));
    });

    private static string NetworkOf(SandboxPlan plan) => plan.Network switch
    {
        NetworkWay.Door => $"its own, with one way out: the firewall at 127.0.0.1:{plan.Port}",
        NetworkWay.Port => "the machine's, where the kernel lets only TCP to the firewall's port through",
        _ => "none",
    };

    private static string WordOf(Access access) => access switch
    {
        Access.Write => "write",
        Access.Read => "read",
        Access.List => "list",
        Access.Private => "private",
        _ => "hidden",
    };
}

using System.CommandLine;
using System.Net;
using System.Runtime.InteropServices;
using Postern.Engine.Configuration;
using Postern.Program.Running;
using Postern.Program.Sentinel;
using Postern.Sandbox.Planning;

namespace Postern.Program.Commands;

/// <summary><c>postern run</c>: the firewall, by itself or around a command.</summary>
internal static class RunCommand
{
    /// <summary>Any free port: several runs of commands stand beside each other.</summary>
    private static readonly ListenAddress s_anyPort = new("127.0.0.1", 0);

    public static Command Create()
    {
        var config = new Option<string?>("--config", "-c") { Description = "configuration file; default ./postern.yaml, then the user's" };
        var listen = new Option<string?>("--listen", "-l") { Description = "address to listen on; default from the configuration (127.0.0.1:8888), with a command any free port" };
        var home = new Option<string?>("--home") { Description = "where keys and evidence are kept; default $POSTERN_HOME, then ~/.postern" };
        var reverse = new Option<bool>("--reverse-proxy") { Description = "stand in front of a server of yours too; needs --reverse-upstream" };
        var upstream = new Option<string?>("--reverse-upstream") { Description = "that server, such as http://127.0.0.1:11434" };
        var reverseListen = new Option<string?>("--reverse-listen") { Description = "where it is reached from now on; default 127.0.0.1:8890" };
        var command = new Argument<string[]>("command") { Description = "run this behind the firewall and return its exit code (write -- before it)", Arity = ArgumentArity.ZeroOrMore };
        var environment = SandboxOptions.Environment();
        var agent = SandboxOptions.Agent();
        var uncontained = new Option<bool>("--uncontained") { Description = "do not contain the command: it can go around the firewall" };
        var run = new ExampledCommand("run", "Start the firewall, or run a command behind it.")
        {
            Examples = ["postern run", "postern run -- curl https://example.com/", "postern run --config postern.yaml -- claude", "postern run --reverse-proxy --reverse-upstream http://127.0.0.1:11434"],
        };
        run.Options.Add(config);
        run.Options.Add(listen);
        run.Options.Add(home);
        run.Options.Add(reverse);
        run.Options.Add(upstream);
        run.Options.Add(reverseListen);
        run.Options.Add(environment);
        run.Options.Add(agent);
        run.Options.Add(uncontained);
        var sandbox = new SandboxOptions(run);
        run.Arguments.Add(command);
        run.SetAction((parsed, cancel) =>
        {
            var loaded = ReverseChoice.Apply(Load(parsed.GetValue(config)), parsed.GetValue(reverse), parsed.GetValue(upstream), parsed.GetValue(reverseListen));
            var name = SandboxOptions.AgentOf(loaded, parsed.GetValue(agent));
            var choice = new RunChoice(loaded, parsed.GetValue(listen), Home.Find(parsed.GetValue(home)), parsed.GetValue(command) ?? [])
            {
                Agent = name,
                Sandbox = parsed.GetValue(uncontained) ? null : sandbox.Of(parsed, parsed.GetValue(environment) ?? []) with { Agent = name },
            };
            return RunAsync(choice, cancel);
        });
        return run;
    }

    /// <summary>The configuration that applies, with what it says announced.</summary>
    public static LoadedConfig Load(string? named)
    {
        var loaded = ConfigFile.Load(ConfigFile.Find(named));
        Announce(loaded, isNamed: named is not null);
        return loaded;
    }

    /// <summary>Runs what was chosen, to its end.</summary>
    public static async Task<int> RunAsync(RunChoice choice, CancellationToken cancel)
    {
        // Read by the runtime when the first socket is used: completions run where they arrive, a thread hop less per read. Nothing
        // on that path blocks: long inspections and flushes go to the pool.
        Environment.SetEnvironmentVariable(ChildEnvironment.InlineCompletions, "1");
        var (loaded, home, command) = (choice.Loaded, choice.Home, choice.Command);
        var contains = choice.Sandbox is { } wishes && command.Length > 0 && (SandboxRequests.SectionOf(loaded, choice.Agent).Enabled || wishes.IsRequired);

        // Trying what the machine can, and starting the runtime inside, take as long as composing: side by side.
        var beginning = contains ? Task.Run(() => ContainedCommand.Begin(loaded, home, choice.Sandbox!, command), CancellationToken.None) : null;
        try
        {
            var address = AddressOf(loaded, choice);
            await using var firewall = new Firewall(loaded, new FirewallOptions(home, address, RunsCommand: command.Length > 0) { Agent = choice.Agent });
            await using var reload = loaded.Path is null ? null : new ConfigReload(firewall, loaded, loaded.Path) { RefusesWeakening = command.Length > 0 };
            using var toggle = Signals.OnUser1(firewall.Switch.Toggle);
            var bundle = firewall.Authority is null ? null : TrustBundle.Write(home, firewall.Authority);
            var contained = beginning is null ? null : await beginning.ConfigureAwait(false);
            await using var sentry = FileSentry.Start(firewall, loaded, SentryPlaces.Of(loaded, firewall, home, contained?.Workspaces ?? []) with { Agent = choice.Agent });
            if (contained is not null)
            {
                return await contained.RunAsync(firewall, DoorOf(choice, address), bundle, cancel).ConfigureAwait(false);
            }

            if (command.Length == 0)
            {
                return await ServeAsync(firewall, bundle, cancel).ConfigureAwait(false);
            }

            await firewall.Listeners.StartAsync(cancel).ConfigureAwait(false);
            return await ChildCommand.RunAsync(command, firewall.Listeners.Proxy, bundle).ConfigureAwait(false);
        }
        catch (Exception e) when (command.Length > 0 && Mishap.Is(e))
        {
            Terminal.Fail(e.Message);
            return ExitCodes.Failed;
        }
        finally
        {
            if (beginning is not null && await Task.WhenAny(beginning).ConfigureAwait(false) is { IsCompletedSuccessfully: true } begun)
            {
                (await begun.ConfigureAwait(false))?.Dispose();
            }
        }
    }

    /// <summary>A file that happened to lie in the current directory may be somebody else's: it is named, and so is what it weakens.</summary>
    private static void Announce(LoadedConfig loaded, bool isNamed)
    {
        foreach (var warning in loaded.Warnings)
        {
            Console.Error.WriteLine("postern: " + warning);
        }

        if (loaded.Path is null || isNamed)
        {
            return;
        }

        Console.Error.WriteLine("postern: configuration " + Terminal.Plain(loaded.Path));
        foreach (var change in ConfigDiff.Weakenings(PosternConfig.Default, loaded.Config))
        {
            Console.Error.WriteLine($"postern: weaker than the default: {change.Key}: {change.Before} -> {change.After}");
        }
    }

    /// <summary>Where the command finds the firewall inside: what was asked for, else the address that everybody knows.</summary>
    private static IPEndPoint DoorOf(RunChoice choice, ListenAddress address) =>
        new(IPAddress.Loopback, choice.Listen is null || address.Port == 0 ? SandboxPlanner.DoorPort : address.Port);

    private static ListenAddress AddressOf(LoadedConfig loaded, RunChoice choice)
    {
        var listen = choice.Listen;
        if (listen is null && choice.Command.Length > 0)
        {
            return s_anyPort;
        }

        var text = listen ?? loaded.Config.FetchProxy.Listen;
        return ListenAddress.TryParse(text, out var address)
            ? address
            : throw new ConfigException($"--listen {Terminal.Plain(text)}: not an address and port, such as 127.0.0.1:8888");
    }

    private static async Task<int> ServeAsync(Firewall firewall, string? bundle, CancellationToken cancel)
    {
        await firewall.Listeners.StartAsync(cancel).ConfigureAwait(false);
        Console.Error.WriteLine($"postern {Product.Version} listens on {firewall.Listeners.Proxy}; evidence in {firewall.EvidenceDirectory}");
        foreach (var (use, address) in firewall.Listeners.Others)
        {
            Console.Error.WriteLine($"{use} on {address}");
        }

        Console.Error.WriteLine(bundle is null
            ? "TLS is tunnelled unread until 'postern tls init' was run; hosts and rates are enforced all the same. To use it:"
            : "TLS is intercepted. To use it:");
        foreach (var (name, value) in ChildEnvironment.Of(firewall.Listeners.Proxy, bundle).Where(static pair => pair.Value.Length > 0 && (char.IsAsciiLetterUpper(pair.Key[0]))))
        {
            Console.Error.WriteLine($"  export {name}={value}");
        }

        await Task.Delay(Timeout.Infinite, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return ExitCodes.Ok;
    }
}

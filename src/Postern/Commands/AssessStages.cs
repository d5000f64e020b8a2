using System.CommandLine;
using System.Text.Json;
using Postern.Program.Checkup;
using Postern.Program.Hosts;
using Postern.Program.Posture;
using Postern.Transports.Evidence;

namespace Postern.Program.Commands;

/// <summary>The stages of <c>postern assess</c>, each a command.</summary>
internal static class AssessStages
{
    public static IEnumerable<Command> Create()
    {
        var (config, key) = (StandardOptions.Config(), new Option<string>("--key") { Description = "the public key it must be signed with, hex or a file; else the one it names", HelpName = "KEY" });
        yield return Stage("init", "Begins an assessment in a new directory.", (at, parsed, _) => Task.FromResult(Begin(at, ConfigFile.Load(ConfigFile.Find(parsed.GetValue(config))))), config);
        var home = StandardOptions.Home();
        yield return Stage("run", "Tries the configuration and looks at this machine.", (at, parsed, cancel) => RunAsync(at, Home.Find(parsed.GetValue(home)), cancel), home);
        var signing = StandardOptions.Home();
        yield return Stage("finalize", "Maps what was seen to the frameworks and signs everything with the evidence key.", (at, parsed, _) => Task.FromResult(End(at, Home.Find(parsed.GetValue(signing)))), signing);
        yield return Stage("verify", "Verifies an assessment offline. Exit code 3 when a file is not as it was signed.", (at, parsed, _) => Task.FromResult(Verify(at, parsed.GetValue(key) is { } text ? PublicKeyText.Read(text) : "")), key);
    }

    private static ExampledCommand Stage(string name, string description, Func<AssessmentFolder, ParseResult, CancellationToken, Task<int>> act, Option option)
    {
        var folder = new Argument<string>("DIR") { Description = "the assessment's directory" };
        var command = new ExampledCommand(name, description) { Examples = [$"postern assess {name} assessment"] };
        command.Arguments.Add(folder);
        command.Options.Add(option);
        command.SetAction((parsed, cancel) => act(new AssessmentFolder(Path.GetFullPath(parsed.GetValue(folder)!)), parsed, cancel));
        return command;
    }

    private static int Begin(AssessmentFolder at, LoadedConfig loaded)
    {
        at.Begin(loaded);
        return ExitCodes.Ok;
    }

    private static async Task<int> RunAsync(AssessmentFolder at, Home home, CancellationToken cancel)
    {
        var manifest = at.Read("initialized");
        var path = (string?)manifest["config"] is { Length: > 0 } named ? named : null;
        var loaded = ConfigFile.Load(path);
        if (loaded.Hash != (string?)manifest["config_hash"])
        {
            throw new ConfigException("the configuration is not the one that the assessment began with; begin a new one");
        }

        var report = await SimulationRun.RunAsync(loaded, home, [], cancel).ConfigureAwait(false);
        at.Add(manifest, AssessmentFolder.Simulation, report.WriteJson);
        at.Add(manifest, AssessmentFolder.Score, new PostureScore(report).WriteJson);
        IReadOnlyList<CheckResult> checks = [.. await Checks.RunAsync(path, home, cancel).ConfigureAwait(false), .. await WaysOutAsync(loaded, home, cancel).ConfigureAwait(false)];
        at.Add(manifest, AssessmentFolder.Deployment, writer => writer.WriteArray("checks", checks, static (item, check) => check.WriteJson(item)));
        at.Add(manifest, AssessmentFolder.Hosts, HostsOn(home).WriteJson);
        at.Advance(manifest, "completed");
        return ExitCodes.Ok;
    }

    /// <summary>Every way out of a contained command, tried in a home of its own: an assessment changes nothing of the machine's.</summary>
    private static async Task<IReadOnlyList<CheckResult>> WaysOutAsync(LoadedConfig loaded, Home home, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("postern-assess-");
        try
        {
            return await EgressCheck.TryAsync(ConfigFile.With(loaded, Posture.Stage.Indoors(loaded.Config, home)), Home.Find(Path.Combine(folder.FullName, "home")), cancel).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The hosts of the user and of the project in this directory, as they are.</summary>
    private static HostsReport HostsOn(Home home)
    {
        var (report, files) = (new HostsReport(isDryRun: true) { NamesMissing = false }, new IntegrationFiles(home));
        foreach (var host in HostTable.All)
        {
            var editor = new HostEditor(host, HostPlaces.Own, files);
            foreach (var ofProject in (bool[])[false, true])
            {
                report.Add(host, editor.IsHere(ofProject) ? editor.Look(ofProject) : [], files);
            }
        }

        return report;
    }

    private static int End(AssessmentFolder at, Home home)
    {
        var manifest = at.Read("completed");
        var (simulation, score) = (at.Artifact(manifest, AssessmentFolder.Simulation), at.Artifact(manifest, AssessmentFolder.Score));
        var (deployment, hosts) = (at.Artifact(manifest, AssessmentFolder.Deployment), at.Artifact(manifest, AssessmentFolder.Hosts));
        at.Add(manifest, AssessmentFolder.Result, writer =>
        {
            writer.WriteString("run_id", (string?)manifest["run_id"]);
            writer.WriteString("config_hash", (string?)manifest["config_hash"]);
            writer.WriteNumber("score", score.GetProperty("score").GetInt32());
            writer.WriteString("grade", score.GetProperty("grade").GetString());
            writer.WritePropertyName("caps");
            score.GetProperty("caps").WriteTo(writer);
            writer.WriteTexts("failed_checks", deployment.GetProperty("checks").EnumerateArray()
                .Where(static check => check.GetProperty("status").GetString() == "fail").Select(static check => check.GetProperty("name").GetString()!));
            writer.WriteBoolean("hosts_protected", hosts.GetProperty("protected").GetBoolean());
            writer.WriteArray("frameworks", FrameworkCatalogue.All, (item, framework) => Write(item, framework, simulation));
        });
        at.Add(manifest, AssessmentFolder.Page, AssessmentPage.Write(manifest, name => at.Artifact(manifest, name)));
        at.Advance(manifest, "finalized");
        home.Create();
        using var signer = SigningKey.LoadOrCreate(home.Path, OpenSslEd25519.OrManaged());
        at.Sign(signer, writer => writer.WriteString("run_id", (string?)manifest["run_id"]));
        Console.Out.WriteLine($"{score.GetProperty("score").GetInt32()} of 100, grade {score.GetProperty("grade").GetString()}; signed by {Convert.ToHexStringLower(signer.PublicKey)}");
        return ExitCodes.Ok;
    }

    private static void Write(Utf8JsonWriter writer, Framework framework, JsonElement simulation)
    {
        writer.WriteString("id", framework.Name);
        writer.WriteString("title", framework.Title);
        writer.WriteString("version", framework.Version);
        writer.WriteArray("controls", framework.Controls.Select(control => ControlStatus.Of(control, simulation)), static (item, status) =>
        {
            item.WriteString("id", status.Control.Id);
            item.WriteString("title", status.Control.Title);
            item.WriteString("status", status.Word);
            item.WriteNumber("attacks", status.Attacks);
            item.WriteTexts("evidence", status.Caught);
            item.WriteString("left_out", status.Control.Note);
        });
    }

    private static int Verify(AssessmentFolder at, string key)
    {
        var (fault, signer) = at.Verify(key, OpenSslEd25519.OrManaged());
        if (fault.Length > 0)
        {
            Terminal.Fail(fault);
            return ExitCodes.Tampered;
        }

        Console.Out.WriteLine(key.Length > 0 ? $"sound, signed by {signer}" : $"sound, signed by {signer}; whose key that is, only --key tells");
        return ExitCodes.Ok;
    }
}
